import { givenValues, isNone, problem, wantedOf, type Wanted } from '../composing.ts';
import type { Words } from '../connector.ts';
import type {
  Composed,
  ComposeProblem,
  Intent,
  Known,
  PartField,
  PersonCreate,
  PersonReturn,
  PersonUpdate,
  WriteRequest,
} from '../writing.ts';
import { composeDepartment } from './compose-departments.ts';
import { fields } from './fields.ts';
import { CONTACT_FIELDS, memberValues, rosterItems } from './values.ts';
import { CONTACT, NO_CONTACT, write } from './write-requests.ts';

/**
 * Composes what WeCom is asked: contacts by 通讯录同步, and the roster only for what the contacts do not have. The mailbox
 * goes alone, since it is not in one transaction with the rest (contract wecom-more 3.3).
 */
export function compose(intents: readonly Intent[], known: Known): Composed {
  const all = intents.map((intent) => composeOne(intent, known));
  return {
    requests: all.flatMap(({ requests }) => requests),
    problems: all.flatMap(({ problems }) => problems),
  };
}

function composeOne(intent: Intent, known: Known): Composed {
  const { operation, subject } = intent;
  switch (operation) {
    case 'update':
      return update(intent, known);
    case 'create':
    // Who left is made again: it is a new member, who has to activate (contract wecom 6).
    case 'return':
      return creation(intent, known);
    case 'freeze': {
      const changes = { frozen: { to: intent.frozen } };
      const { requests, problems } = update(
        { operation: 'update', subject, liveId: intent.liveId, fields: changes },
        known,
      );
      return { requests: requests.map((request) => ({ ...request, operation })), problems };
    }
    case 'leave':
      if (!known.target.secrets.has(CONTACT)) return nothing(problem(subject, null, 'no-right', NO_CONTACT));
      return only(
        write({ operation, call: 'user/delete', query: [['userid', intent.liveId]], body: null, subject, fields: [] }),
      );
    default: {
      const one = composeDepartment(intent, known);
      return 'why' in one ? nothing(one) : only(one);
    }
  }
}

function update(intent: PersonUpdate, known: Known): Composed {
  const { operation, subject, liveId, custom = {} } = intent;
  const { wanted, problems } = wantedOf(intent, fields);
  const all: ComposeProblem[] = [
    ...problems,
    ...Object.keys(custom).map((name) => problem(subject, `custom:${name}`, 'not-writable')),
  ];
  const hasContact = known.target.secrets.has(CONTACT);
  // The contacts ignore the mobile of who has activated, and say that it was written (contract wecom 4.4).
  const isIgnored = (field: PartField['field']): boolean =>
    field === 'mobile' && known.live.get(subject)?.isActivated === true;
  if (wanted.some(([field]) => isIgnored(field)) && !inRoster('mobile', known)) {
    all.push(problem(subject, 'mobile', 'not-writable', ACTIVATED));
  }
  const sendable = wanted.filter(([field]) => !isIgnored(field) || inRoster(field, known));
  // Without the contact secret the roster writes what both have.
  const byContacts = sendable.filter(
    ([field]) => CONTACT_FIELDS.has(field) && !isIgnored(field) && (hasContact || !inRoster(field, known)),
  );
  const mailbox = byContacts.filter(([field]) => field === 'enterpriseEmail');
  const requests: WriteRequest[] = [];
  if (!hasContact) all.push(...byContacts.map(([field]) => problem(subject, field, 'no-right', NO_CONTACT)));
  else {
    for (const some of [byContacts.filter((one) => !mailbox.includes(one)), mailbox]) {
      const { values, fields: written, problems: unknown } = memberValues(subject, some, known);
      all.push(...unknown);
      if (written.length === 0) continue;
      const body = { userid: liveId, ...values };
      requests.push(write({ operation, call: 'user/update', body, subject, fields: written }));
    }
  }
  const roster = rosterUpdate(
    { operation, subject, liveId },
    sendable.filter((one) => !byContacts.includes(one)),
    known,
  );
  return { requests: [...requests, ...roster.requests], problems: [...all, ...roster.problems] };
}

const ACTIVATED: Words = {
  en: 'The member has activated: only the member, or the roster with the secret hr, changes the mobile.',
  zh: '成员已激活：手机号只能由本人修改，或通过花名册（hr）修改。',
};

function inRoster(field: PartField['field'], { target, setup }: Known): boolean {
  return target.secrets.has('hr') && setup.numbered.some((one) => one.field === field);
}

function rosterUpdate(
  { operation, subject, liveId }: { operation: 'update' | 'create' | 'return'; subject: string; liveId: string },
  wanted: readonly Wanted[],
  known: Known,
): Composed {
  if (!known.target.secrets.has('hr')) {
    return { requests: [], problems: wanted.map(([field]) => problem(subject, field, 'no-right', NO_ROSTER)) };
  }
  const { values, fields: written, problems } = rosterItems(subject, wanted, known);
  if (written.length === 0) return { requests: [], problems };
  const body = { userid: liveId, update_items: values };
  return {
    requests: [write({ operation, call: 'hr/update_staff_info', secret: 'hr', body, subject, fields: written })],
    problems,
  };
}

const NO_ROSTER: Words = {
  en: 'Needs the secret hr: an app that 人事助手 lists.',
  zh: '需要 hr：由“人事助手”列出的应用。',
};

function creation(intent: PersonCreate | PersonReturn, known: Known): Composed {
  const { operation, subject } = intent;
  if (!known.target.secrets.has(CONTACT)) return nothing(problem(subject, null, 'no-right', NO_CONTACT));
  const { wanted, problems } = givenValues({ ...intent, operation: 'create' }, fields);
  // A mailbox is given here once and for all (contract wecom-more 3.2); 0 is no gender.
  const byContacts = wanted.filter(([field, to]) => CONTACT_FIELDS.has(field) && to !== 0 && to !== false);
  const { values, fields: written, problems: unknown } = memberValues(subject, byContacts, known);
  const custom = operation === 'create' ? Object.entries(intent.custom ?? {}) : [];
  const all = [
    ...problems,
    ...unknown,
    ...custom.flatMap(([name, value]) => (isNone(value) ? [] : [problem(subject, `custom:${name}`, 'not-writable')])),
  ];
  const isWhole = values['name'] !== undefined && values['department'] !== undefined;
  if (!isWhole || (values['mobile'] === undefined && values['email'] === undefined)) {
    return { requests: [], problems: [...all, problem(subject, null, 'incomplete', CREATION)] };
  }
  const liveId = intent.liveId ?? known.key(subject).slice(0, 32);
  // A delivery invites no one.
  const body = { userid: liveId, ...values, to_invite: false };
  const made = write({ operation, call: 'user/create', body, subject, fields: written });
  const rest = wanted.filter(([field, to]) => !CONTACT_FIELDS.has(field) && to !== 0);
  const roster = rosterUpdate({ operation, subject, liveId }, rest, known);
  return { requests: [made, ...roster.requests], problems: [...all, ...roster.problems] };
}

const CREATION: Words = {
  en: 'A new person needs a name, departments that are linked, and a mobile or a mail address.',
  zh: '新增成员须有姓名、已关联的部门，以及手机号或邮箱。',
};

function nothing(...problems: readonly ComposeProblem[]): Composed {
  return { requests: [], problems };
}

function only(request: WriteRequest): Composed {
  return { requests: [request], problems: [] };
}
