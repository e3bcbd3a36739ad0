import type { ReactNode } from 'react';
import type { DeliveryLine } from '../../../../src/http/admin/targets/plan-contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { SubjectLink, useSubjectName } from '../../ui/people/person-name.tsx';
import { useLiveValues } from '../../ui/target/live-values.tsx';
import { FATE_WORDS, WAIT_WORDS } from '../../ui/target/live-words.ts';
import { useWords } from '../../words/language.tsx';
import { deliveryWords } from './words.ts';

/** What the server says of a field that a colleague still has there, be it refused or held. */
const STILL_OF = /^(?:(refused)(?: (.+))? )?still-of (.+)$/su;
const REFUSED = /^(refused)(?: (.+))?$/su;

/** What a delivery waits for, or ended without, field by field; a colleague who still has the value there by name. */
export function WaitsFor({
  company,
  fields,
}: {
  readonly company: string;
  readonly fields: DeliveryLine['waits_for'];
}): ReactNode {
  const live = useLiveValues(company);
  const waits = Object.entries(fields);
  if (waits.length === 0) return null;
  return (
    <ul className="small target-line">
      {waits.map(([field, why]) => (
        <li key={field}>
          {field !== '*' && live.field(field)} <Why company={company} why={why} />
        </li>
      ))}
    </ul>
  );
}

function Why({ company, why }: { readonly company: string; readonly why: string }): ReactNode {
  const say = useWords(deliveryWords);
  const live = useLiveValues(company);
  const [, refused, code, colleague] = STILL_OF.exec(why) ?? REFUSED.exec(why) ?? [];
  if (refused === undefined && colleague === undefined) return live.named(WAIT_WORDS, why);
  return (
    <>
      {refused !== undefined && live.named(FATE_WORDS, refused)} {code !== undefined && visible(code)}
      {colleague !== undefined && (
        <>
          {' '}
          {say('stillOf')}
          <Colleague company={company} id={colleague} />
        </>
      )}
    </>
  );
}

function Colleague({ company, id }: { readonly company: string; readonly id: string }): ReactNode {
  const about = { company, kind: 'employee', id };
  return <SubjectLink subject={about} name={useSubjectName(about)} isLive />;
}
