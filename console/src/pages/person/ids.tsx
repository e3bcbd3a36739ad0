import type { ReactNode } from 'react';
import type { EmployeeView } from '../../../../src/http/admin/people/contract.ts';
import { visible } from '../../ui/code/visible.ts';
import { CopyButton } from '../../ui/copy/copy-button.tsx';
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
                <th scope="row">{space === 'id' ? say('ownId') : <span className="code">{visible(space)}</span>}</th>
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
            <p className="code">{[account.id, account.mobile ?? '–', account.email ?? '–'].map(visible).join(' · ')}</p>
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
