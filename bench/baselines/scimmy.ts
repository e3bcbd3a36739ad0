import { request } from '../load.ts';
import type { Workload } from '../workloads.ts';

/** What the bench and its SCIMMY server share. */
export const TOKEN = 'bench';

/** The id of one user of so many. */
export function userId(index: number): string {
  return `u${String(index)}`;
}

/** A PATCH of one attribute of a random user; every written value differs from the one before. */
export function scimPatch(employees: number): Pick<Workload, 'name' | 'next' | 'isSuccess'> {
  let serial = Date.now();
  return {
    name: 'SCIMMY PATCH',
    next: () => {
      const id = userId(Math.floor(Math.random() * employees));
      const Operations = [{ op: 'replace', path: 'nickName', value: `n${String(serial++)}` }];
      return request(
        'PATCH',
        `/scim/Users/${id}`,
        { Authorization: `Bearer ${TOKEN}` },
        JSON.stringify({ schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations }),
      );
    },
    isSuccess: (body) => body.includes('"nickName"'),
  };
}
