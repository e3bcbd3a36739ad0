import type { NavigateOptions } from '@tanstack/react-router';
import type { SearchView } from '../../../src/http/admin/people/contract.ts';
import { visible } from '../ui/code/visible.ts';

/** One thing that was found, and the page that shows it. */
export interface Found {
  readonly key: string;
  readonly kind: Exclude<keyof SearchView, 'index'>;
  readonly name: string;
  readonly more: string;
  readonly to: NavigateOptions;
}

/** Lists what was found, in one order: what is opened most often comes first. */
export function foundOf(
  { employees, departments, requests, errors }: SearchView,
  company: string,
  language: 'zh' | 'en',
): readonly Found[] {
  return [
    ...employees.map(({ id, name, job_number: number, department }): Found => ({
      key: `employee ${id}`,
      kind: 'employees',
      name: visible(name),
      more: visible([number, department?.name].filter((one) => one !== null && one !== undefined).join(' · ')),
      to: { to: '/c/$company/people/$id', params: { company, id } },
    })),
    ...errors.map(({ platform, id, title }): Found => ({
      key: `error ${platform} ${id}`,
      kind: 'errors',
      name: `${id} ${title[language]}`,
      more: platform,
      to: { to: '/c/$company/errors/$platform/$code', params: { company, platform, code: id } },
    })),
    ...departments.map(({ id, name, code }): Found => ({
      key: `department ${id}`,
      kind: 'departments',
      name: visible(name),
      more: visible(code),
      to: { to: '/c/$company/people', params: { company }, search: { department: id } },
    })),
    ...requests.map(({ id, platform, operation, code }): Found => ({
      key: `request ${id}`,
      kind: 'requests',
      name: operation ?? id,
      more: `${platform} ${code ?? ''}`,
      to: { to: '/c/$company/calls/$id', params: { company, id } },
    })),
  ];
}
