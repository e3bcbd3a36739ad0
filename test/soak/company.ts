/** People of each company of the soak. */
export const PEOPLE = 20;

/** A company of its own, with an app on each platform; everything in it follows from its key. */
export function companyFile(key: string): string {
  return JSON.stringify({
    mingce: 1,
    key,
    name: `Company ${key}`,
    feishu: { rate_limit_enabled: false, apps: [{ app_id: `cli_${key}`, app_secret: `secret-${key}` }] },
    wecom: {
      corpid: `ww_${key}`,
      apps: [{ agentid: 1, secret: `secret-${key}`, hr_callable: true, visible_range: { department_ids: [1] } }],
    },
    hose: { corporation_id: `corp-${key}`, apps: [{ app_key: `key-${key}`, app_security: `secret-${key}` }] },
    departments: [
      { id: 'root', name: 'Root' },
      { id: 'one', name: 'One', parent: 'root' },
      { id: 'two', name: 'Two', parent: 'root' },
    ],
    employees: Array.from({ length: PEOPLE }, (_, index) => ({
      id: personOf(index),
      name: `Person ${String(index)}`,
      mobile: `+86139${String(index).padStart(8, '0')}`,
      job_number: `${key}-${String(index)}`,
      departments: [index % 2 === 0 ? 'one' : 'two'],
    })),
  });
}

/** The id of a person, the same in every company. */
export function personOf(index: number): string {
  return `p${String(index)}`;
}
