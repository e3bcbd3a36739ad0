import type {
  Answered,
  Connector,
  Effect,
  FieldName,
  LiveDepartment,
  LivePerson,
  LiveRead,
  LiveTarget,
  LiveTask,
  LiveValue,
  OutboundRequest,
  Problem,
  Verdict,
  Words,
} from './connector.ts';

/**
 * The half of a connector that writes. Composing requests and judging answers are pure, so that the same bytes go to a
 * rehearsal and to the platform; `session.ts` sends. A person or department is a *subject*, known by our own id.
 */
export interface ConnectorWrites {
  /** What an operation means there: its calls, what the employee notices, what cannot be undone. */
  readonly operations: Readonly<Partial<Record<Operation, OperationRow>>>;
  /** Reads the names and numbers that requests need, once before composing. */
  setup(target: LiveTarget): LiveTask<LiveSetup>;
  /** Composes the least number of requests, in the order in which they must be sent. */
  compose(intents: readonly Intent[], known: Known): Composed;
  /** Judges what became of a request, for each subject and field of it; never throws. */
  judge(request: WriteRequest, outcome: SendOutcome): readonly ItemVerdict[];
  /** Returns the setting that a rehearsal assumed and that an unforeseen answer shows to be another; null: none. */
  assumptionOf(item: Unforeseen): string | null;
  /** Returns both halves of a refused batch, so that one bad row does not keep the others back; none of a single row. */
  halves(request: WriteRequest): readonly WriteRequest[];
  /** Reads people by their live ids. */
  readPeople(ids: readonly string[], target: LiveTarget, setup: LiveSetup): LiveTask<LiveFound<LivePerson>>;
  /** Reads departments by their live ids. */
  readDepartments(ids: readonly string[], target: LiveTarget): LiveTask<LiveFound<LiveDepartment>>;
  /** Reads all departments: what was made is found in them where no answer named its id. */
  readTree(target: LiveTarget): LiveTask<Pick<LiveRead, 'departments' | 'problems'>>;
  /** Finds people in service by a value that only one should have. */
  find(key: MatchKey, values: readonly string[], target: LiveTarget, setup: LiveSetup): LiveTask<LiveMatches>;
  /** Looks up people who left; absent: the platform forgets them. */
  readonly left?: LeftLookUp;
}

/** Finds people who left, so that none of them is made a second time. */
export interface LeftLookUp {
  /** So many days after someone left the same record can come back. */
  readonly returnDays: number;
  /** Whether a read of everybody has them as well. */
  readonly isListed: boolean;
  find(sought: readonly Sought[], personId: string | null): LiveTask<LeftFound>;
}

/** One of ours who is not in service there, by what may find the record that the person left. */
export interface Sought {
  readonly liveIds: readonly string[];
  readonly mobile: string | null;
  readonly email: string | null;
  readonly jobNumber: string | null;
}

/** The people who left among those who were looked for. */
export interface LeftFound {
  readonly people: readonly LivePerson[];
  readonly problems: readonly Problem[];
}

/** An answer that a rehearsal did not foresee. */
export interface Unforeseen {
  readonly field: string | null;
  readonly code: string | null;
  readonly message: string;
  /** Whether the platform said that it did it, and a read shows the new value. */
  readonly isWritten: boolean;
  /** Whether the platform said that it did it, and the old value is still there. */
  readonly isDropped: boolean;
}

/** A connector that also writes. */
export interface WritingConnector extends Connector {
  readonly writes: ConnectorWrites;
}

/** What can be done to a subject of the live tenant. */
export type Operation = Intent['operation'];

/** What shall be so on the platform. Departments and people are named by our ids, catalogue entries by their name. */
export type Intent =
  | PersonUpdate
  | PersonCreate
  | PersonReturn
  | PersonLeave
  | PersonFreeze
  | DepartmentCreate
  | DepartmentUpdate
  | DepartmentRemove;

/** Fields of a person who is there. */
export interface PersonUpdate {
  readonly operation: 'update';
  readonly subject: string;
  readonly liveId: string;
  readonly fields: Changes;
  /** Texts of the company's own fields, by the platform's name of the field. */
  readonly custom?: Readonly<Record<string, FieldChange>>;
}

/** A person who is not there yet. */
export interface PersonCreate {
  readonly operation: 'create';
  readonly subject: string;
  /** The id that the person shall have, where the platform lets the caller choose. */
  readonly liveId: string | null;
  readonly values: LiveValues;
  readonly custom?: Readonly<Record<string, LiveValue>>;
}

/** A person who left there and comes back, with the values that the person shall have. */
export interface PersonReturn {
  readonly operation: 'return';
  readonly subject: string;
  readonly liveId: string;
  readonly values: LiveValues;
}

/** A person who shall leave. */
export interface PersonLeave {
  readonly operation: 'leave';
  readonly subject: string;
  readonly liveId: string;
}

/** A person whose account is shut, or opened again. */
export interface PersonFreeze {
  readonly operation: 'freeze';
  readonly subject: string;
  readonly liveId: string;
  readonly frozen: boolean;
}

/** A department that is not there yet. */
export interface DepartmentCreate {
  readonly operation: 'department-create';
  readonly subject: string;
  /** The id that it shall have, where the platform lets the caller choose. */
  readonly liveId: string | null;
  readonly name: string;
  /** Our id of the department above; null: right below the root. */
  readonly parent: string | null;
  readonly code?: string;
}

/** A department that is renamed or moved, or both. */
export interface DepartmentUpdate {
  readonly operation: 'department-update';
  readonly subject: string;
  readonly liveId: string;
  readonly name: string;
  readonly parent: string | null;
  readonly code?: string;
  /** Which of them differ: a platform that needs all of them is sent all. */
  readonly changed: readonly ('name' | 'parent' | 'code')[];
}

/** A department that shall go. */
export interface DepartmentRemove {
  readonly operation: 'department-remove';
  readonly subject: string;
  readonly liveId: string;
}

/** Values by field. */
export type LiveValues = Readonly<Partial<Record<FieldName, LiveValue>>>;
/** Changes by field. */
export type Changes = Readonly<Partial<Record<FieldName, FieldChange>>>;

/** What a field is there now and what it shall be; null clears it. */
export interface FieldChange {
  /** Absent: it could not be read. */
  readonly from?: LiveValue;
  readonly to: LiveValue;
}

/** What composing knows beside the intents. */
export interface Known {
  readonly target: LiveTarget;
  readonly setup: LiveSetup;
  /** Live ids by our ids: what is not in here is not linked. */
  readonly departments: ReadonlyMap<string, string>;
  readonly people: ReadonlyMap<string, string>;
  /** People as they were read there last, by our ids. */
  readonly live: ReadonlyMap<string, LivePerson>;
  /** Mail addresses with which a creation would bring back the record of somebody who left; absent: none. */
  readonly reviving?: ReadonlySet<string>;
  /** Returns the key by which the platform knows a repeated creation: hex, the same for the same delivery. */
  readonly key: (subject: string) => string;
}

/** Names and numbers of one tenant. */
export interface LiveSetup {
  /** Ids of catalogue entries by their names; absent: the field takes the name itself, or could not be read. */
  readonly catalogs: Readonly<Partial<Record<FieldName, ReadonlyMap<string, string>>>>;
  /** Fields that are switched off there; absent: none, or it is not said. */
  readonly off?: ReadonlySet<FieldName>;
  /** Fields that are known by a number there, such as those of a roster. */
  readonly numbered: readonly NumberedField[];
  /** The kind of id by which people are known there, where there are several. */
  readonly personId: string | null;
  /** What could not be read. */
  readonly problems: readonly Problem[];
}

/** A field that is known by a number there. */
export interface NumberedField {
  readonly id: number;
  readonly field: FieldName;
  readonly kind: 'text' | 'mail' | 'mobile' | 'label' | 'number' | 'day';
  /** The member that carries its value: a value in another one would clear it. */
  readonly valueKey: 'value_string' | 'value_uint64' | 'value_uint32' | 'value_int64' | 'value_mobile';
  /** How it was found: `name` is a likeness that the company file can confirm. */
  readonly by: 'file' | 'published' | 'name';
  /** Names of the options by their numbers. */
  readonly options: ReadonlyMap<number, string>;
}

/** A field as a request writes it: one of the shared ones, or one of the company's own. */
export type WrittenField = FieldName | `custom:${string}` | 'parent' | 'code';

/** A request that writes. Its bytes are final but for the token; the rest says what they are about. */
export interface WriteRequest extends OutboundRequest {
  readonly operation: Operation;
  /** In the order in which the request has them. */
  readonly parts: readonly RequestPart[];
  /** Whether sending it twice does no more than sending it once. */
  readonly isRepeatable: boolean;
}

/** What a request does to one subject. */
export interface RequestPart {
  readonly subject: string;
  readonly fields: readonly PartField[];
}

/** One field in a request: the value that it shall have, and where it is in the request and the answer. */
export interface PartField {
  readonly field: WrittenField;
  readonly to: LiveValue;
  /** The platform's own name or number of it. */
  readonly theirs: string;
}

/** The requests of some intents, and what cannot be composed. A field with a problem keeps no other field back. */
export interface Composed {
  readonly requests: readonly WriteRequest[];
  readonly problems: readonly ComposeProblem[];
}

/** Why something cannot be asked of the platform. */
export interface ComposeProblem {
  readonly subject: string;
  /** Null: the whole intent. */
  readonly field: WrittenField | null;
  readonly why: ProblemKind;
  readonly words: Words;
}

/** The kinds of {@link ComposeProblem}. */
export type ProblemKind =
  /** The platform cannot make it empty. */
  | 'not-clearable'
  /** No call of the platform writes it. */
  | 'not-writable'
  /** It names a department or a person that is not there, or not known to be. */
  | 'not-linked'
  /** It names a catalogue entry that the platform does not have. */
  | 'no-entry'
  /** With it, the record of somebody who left would become this person's. */
  | 'of-left'
  /** A secret or a right is missing. */
  | 'no-right'
  /** The platform wants another value with it that is not known. */
  | 'incomplete';

/** What became of a request. */
export type SendOutcome = {
  /** The id under which the call can be looked up; absent where it is not kept. */
  readonly entry?: string;
} & (
  | { readonly kind: 'answered'; readonly answer: Answered }
  /** Nothing reached the platform: no connection was made, or the time was over. */
  | { readonly kind: 'not-sent'; readonly code: string }
  /** No token could be had, so nothing was sent. */
  | { readonly kind: 'no-token'; readonly verdict: Verdict }
  /** It was sent, and no whole answer came. */
  | { readonly kind: 'lost'; readonly code: string }
);

/** What became of one subject, or of one field of it. */
export interface ItemVerdict {
  readonly subject: string;
  /** Null: the subject as a whole. */
  readonly field: WrittenField | null;
  readonly fate: Fate;
  /** The platform's code, or the cause; null where it was written. */
  readonly code: string | null;
  /** The platform's own words; never with a secret. */
  readonly message: string;
  readonly remedy?: Words;
  /** The field that the code is about, where that is known: the others were refused with it. */
  readonly cause?: WrittenField;
  /** How long to wait before it is sent again. */
  readonly waitMs?: number;
  /** The live id of a subject that was made. */
  readonly liveId?: string;
}

/** What became of a field or a subject. */
export type Fate =
  /** The platform says that it did it. */
  | 'written'
  /** The platform says that it did it, but its own answer shows the old value. */
  | 'dropped'
  /** It will be refused the next time as well. */
  | 'refused'
  /** A limit was reached: nothing was done. */
  | 'limit'
  /** It cannot be done for some time: nothing was done. */
  | 'wait'
  /** The token was not taken: nothing was done. */
  | 'token'
  /** It did not reach the platform. */
  | 'not-sent'
  /** It may have been done: look before it is sent again. */
  | 'doubt';

/** Keys by which a person is found. */
export type MatchKey = 'id' | 'jobNumber' | 'mobile' | 'email';

/** What was found of some ids. An id that is missing here could not be read. */
export interface LiveFound<Subject> {
  readonly found: ReadonlyMap<string, Subject | 'absent'>;
  readonly problems: readonly Problem[];
}

/** Live ids by the value that was looked for; none: no one in service has it. */
export interface LiveMatches {
  readonly matches: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly Problem[];
}

/** What an operation means on a platform. */
export interface OperationRow {
  readonly calls: string;
  readonly effects: readonly Effect[];
  /** What cannot be taken back; absent: another write takes it back. */
  readonly lasting?: Words;
}
