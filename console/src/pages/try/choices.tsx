import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Segmented, Select } from 'antd';
import type { ReactNode } from 'react';
import type { OperationLine } from '../../../../src/sandbox/operations/contract.ts';
import { operationsQuery, type TrySearch } from '../../api/try-queries.ts';
import { EmployeeChoice } from '../../ui/people/employee-choice.tsx';
import { usePlatformName } from '../../ui/platform/platform.tsx';
import { useLanguage, useWords, type Language } from '../../words/language.tsx';
import { tryWords } from './words.ts';

/** What the platform calls an operation, with its name; the name alone where that is not known. */
function labelOf({ title, operation }: OperationLine, language: Language): string {
  return title === null ? operation : `${title[language]} · ${operation}`;
}

/** What is called, as which app, for which employee; all of it is in the address. */
export function Choices({
  company,
  platform,
  operation,
  search,
  app,
  apps,
}: {
  readonly company: string;
  readonly platform: string;
  readonly operation: string;
  readonly search: TrySearch;
  readonly app: string | undefined;
  /** Keys of the apps that the company has on the platform. */
  readonly apps: readonly string[];
}): ReactNode {
  const say = useWords(tryWords);
  const { language } = useLanguage();
  const platformName = usePlatformName();
  const navigate = useNavigate();
  const operations = useQuery(operationsQuery).data?.operations ?? [];
  const platforms = [...new Set(operations.map((one) => one.platform))];
  const { employee } = search;
  const kept = employee === undefined ? {} : { employee };
  const own = operations.filter((one) => one.platform === platform && one.status !== 'absent');
  return (
    <div className="card try-choices">
      <Segmented
        aria-label={say('platform')}
        value={platform}
        options={platforms.map((name) => ({ value: name, label: platformName(name) }))}
        onChange={(name) =>
          void navigate({
            to: '/c/$company/try/$platform',
            params: { company, platform: name },
            search: kept,
          })
        }
      />
      <label className="try-choice try-operation">
        <span className="small quiet">{say('operation')}</span>
        <Select
          aria-label={say('operation')}
          value={operation}
          showSearch
          optionFilterProp="label"
          options={own.map((one) => ({ value: one.operation, label: labelOf(one, language) }))}
          onChange={(name) =>
            void navigate({
              to: '/c/$company/try/$platform/$operation',
              params: { company, platform, operation: name },
              search: { ...kept, ...(search.app === undefined ? {} : { app: search.app }) },
            })
          }
        />
      </label>
      <label className="try-choice">
        <span className="small quiet">{say('employee')}</span>
        <EmployeeChoice
          company={company}
          employee={employee}
          label={say('employee')}
          placeholder={say('chooseEmployee')}
          choose={(id) => {
            const { employee: _former, ...others } = search;
            void navigate({
              to: '/c/$company/try/$platform/$operation',
              params: { company, platform, operation },
              search: id === undefined ? others : { ...others, employee: id },
              replace: true,
            });
          }}
        />
      </label>
      <label className="try-choice">
        <span className="small quiet">{say('app')}</span>
        <Select
          aria-label={say('app')}
          value={app ?? null}
          options={apps.map((key) => ({ value: key, label: key }))}
          onChange={(key) =>
            void navigate({
              to: '/c/$company/try/$platform/$operation',
              params: { company, platform, operation },
              search: { ...search, app: key },
              replace: true,
            })
          }
        />
      </label>
    </div>
  );
}
