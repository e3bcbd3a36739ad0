import type { ReactNode } from 'react';
import type { EmployeeView } from '../../../../src/http/admin/people/contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { CopyButton } from '../../ui/copy/copy-button.tsx';
import { Platform } from '../../ui/platform/platform.tsx';
import { useWords } from '../../words/language.tsx';
import { personWords } from './words.ts';

/** Every id of a person, and the login. */
export function Ids({ person }: { readonly person: EmployeeView }): ReactNode {
  const say = useWords(personWords);
  const { record, account } = person;
  const ids = { id: person.id, ...record.ids };
  return (
    <div className="stack">
      <section className="card">
        <table>
          <tbody>
            {Object.entries(ids).map(([space, id]) => (
              <tr key={space}>
                <th scope="row">{space === 'id' ? say('ownId') : <Space name={space} />}</th>
                <td className="code">{visible(id)}</td>
                <td>
                  <CopyButton text={id} of={space === 'id' ? say('ownId') : space} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <section className="card stack-tight">
        <h2>{say('account')}</h2>
        {account === null ? (
          <p className="quiet">{say('noAccount')}</p>
        ) : (
          <>
            <dl className="person-account">
              {(
                [
                  ['accountId', account.id],
                  ['accountMobile', account.mobile],
                  ['accountEmail', account.email],
                ] as const
              ).map(([word, value]) => (
                <div key={word}>
                  <dt className="small quiet">{say(word)}</dt>
                  <dd className="code">{value === null ? '–' : visible(value)}</dd>
                </div>
              ))}
            </dl>
            <h3>{say('staffOf')}</h3>
            <ul>
              {account.staff_of.map(({ company, employee }) => (
                <li key={`${company} ${employee}`} className="code">
                  {company} / {employee}
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </div>
  );
}

/** The name of an id: the platform's, and its own there. */
function Space({ name }: { readonly name: string }): ReactNode {
  const [platform = '', ...rest] = name.split('.');
  return (
    <span className="row">
      <Platform name={platform} /> <span className="code">{visible(rest.join('.'))}</span>
    </span>
  );
}
