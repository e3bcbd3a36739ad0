/** A code of the platform with its sentence and HTTP status. */
export interface Code {
  readonly status: number;
  readonly code: number;
  readonly msg: string;
}

function refused(code: number, msg: string): Code {
  return { status: 400, code, msg };
}

/** One sentence for all kinds of ids; kinds without an example have a shorter one. [contract feishu-contact.md 7.2] */
function unknownIds(code: number, kind: string, example?: string): Code {
  const long = example === undefined ? '' : `, and the example value is {${example}}`;
  return refused(code, `The request you send is not a valid {${kind}} or not exists${long}. Invalid ids: `);
}

/** Returns the code of unknown ids, with the ids; a shorter sentence has a blank before its full stop. [contract feishu-contact.md 9.1] */
export function withIds(code: Code, ids: readonly string[]): Code {
  const end = code.msg.includes('example value') ? '' : ' .';
  return { ...code, msg: `${code.msg}[${ids.join(', ')}]${end}` };
}

/**
 * What the two token endpoints say; their failures travel with HTTP 200.
 * [public: live probes of 2026-09-11, issue 33 of the vendor's Java client]
 */
export const TOKEN_CODES = {
  ok: { status: 200, code: 0, msg: 'ok' },
  invalidParam: { status: 200, code: 10003, msg: 'invalid param' },
  secretInvalid: { status: 200, code: 10014, msg: 'app secret invalid' },
  appUnauthorized: { status: 200, code: 10014, msg: 'app unauthorized' },
} as const satisfies Readonly<Record<string, Code>>;

/** What every endpoint may say before, or instead of, its own codes. [public: the generic error list] */
export const GENERIC_CODES = {
  badRequest: refused(9499, 'Bad Request'),
  tooLarge: { status: 413, code: 9499, msg: 'Bad Request' }, // [proposed] no source says what a body over the limit gets
  internal: { status: 500, code: 1500, msg: 'internal error' },
  busy: { status: 503, code: 1500, msg: 'internal error' }, // [proposed] the status tells a client to come back
  tokenMissing: refused(99991661, 'Missing access token for authorization. Please make a request with token attached.'),
  appStopped: refused(99991662, 'app not in use'),
  tenantTokenInvalid: refused(
    99991663,
    'Invalid access token for authorization. Please make a request with token attached.',
  ),
  appTokenInvalid: refused(99991664, 'invalid app token'),
  userTokenInvalid: refused(
    99991668,
    'Invalid access token for authorization. Please make a request with token attached.',
  ),
  userTokenUnsupported: refused(99991668, 'user access token not support'),
  // The status was seen once. [contract feishu-contact.md 7.1 row 1]
  userTokenExpired: {
    status: 401,
    code: 99991677,
    msg: 'Authentication token expired. Please request a new one.',
  },
  tokenMalformed: refused(99991671, 'Invalid token: must start with t-/u-'),
  // The scopes follow these two. [contract feishu-contact.md 7.4]
  scopeMissing: refused(99991672, 'Access denied. One of the following scopes is required: '),
  privilegeMissing: refused(
    99991679,
    'Unauthorized. You do not have permission to perform the requested operation on the resource. Please request user re-authorization and try again. required one of these privileges under the user identity: ',
  ),
  tooFrequent: { status: 429, code: 99991400, msg: 'request trigger frequency limit' },
  quotaExceeded: refused(99991403, "This month's API call quota has been exceeded"),
  appNotInstalled: refused(99991673, 'unauthorized app'),
  addressDenied: refused(99991401, 'ip % is denied by app setting'), // % is the peer
  fieldsInvalid: refused(99992402, 'field validation failed'),
  // The ids follow. [contract feishu-contact.md 7.2]
  openIdUnknown: unknownIds(99992351, 'open_id', 'ou_da5****************dfe'),
  openIdOfOtherApp: refused(99992361, 'open_id cross app'),
  unionIdUnknown: unknownIds(99992364, 'union_id', 'on_da5****************dfe'),
  /** The same number for an id of another kind. [contract feishu-contact.md 7.2] */
  userIdOfOtherTenant: refused(99992364, 'user id cross tenant'),
  unionIdOfOtherTenant: refused(99992381, 'union_id cross tenant'),
  employeeIdUnknown: unknownIds(99992360, 'user_id'),
  departmentIdUnknown: unknownIds(99992380, 'department_id'),
  openDepartmentIdUnknown: unknownIds(99992357, 'open_department_id', 'od-da5****************dfe'),
  paramInvalid: refused(2220001, 'param is invalid'),
} as const satisfies Readonly<Record<string, Code>>;

/** What the look-ups say of a page that cannot be shown, or of an entry that is not there. [contract feishu-contact.md 4.3] */
export const LOOK_UP_CODES = {
  paramsInvalid: refused(40001, 'param is invalid'),
  titleUnknown: refused(40001, 'invalid params'),
  cityUnknown: refused(40001, 'invalid param'),
  familyUnknown: { status: 404, code: 42404, msg: 'job family not exist' },
  attributePageSize: refused(40011, 'invalid page_size'),
  attributePageToken: refused(40012, 'invalid page_token'),
  geoDisabled: refused(1781003, 'Tenant has not activated multi geo'), // number [public: geo], sentence [derived]: as 2221263
} as const satisfies Readonly<Record<string, Code>>;

/** What lists of people and departments of the contact API say of a page. [contract feishu-contact.md 1.3] */
export const CONTACT_PAGE_CODES = {
  userSize: refused(40011, 'page size is more than 100 error'),
  departmentSize: refused(40011, 'page size is more than 50 error'),
  token: refused(40012, 'page token is invalid error'),
} as const satisfies Readonly<Record<string, Code>>;

/** What the list of an app's contact scope says of a page. [contract feishu-contact.md 4.1] */
export const SCOPE_PAGE_CODES = {
  size: refused(40011, 'The paging value size is between 1-100'),
  token: refused(40012, 'Invalid page token'),
} as const satisfies Readonly<Record<string, Code>>;

/** What is said of a job level. [public: contact/job_level/create, and its neighbours] */
export const JOB_LEVEL_CODES = {
  tooMany: refused(42300, 'job level reach the upper limit'),
  unknown: { status: 404, code: 42301, msg: 'job level not exist' },
  nameInvalid: refused(42303, 'job level name not valid'),
  descriptionInvalid: refused(42304, 'job level description not valid'),
  nameTaken: refused(42305, 'job level name duplicate'),
  orderTaken: refused(42306, 'job level order duplicate'),
  orderInvalid: refused(42308, 'job level invalid order'),
} as const satisfies Readonly<Record<string, Code>>;

/** What is said of a job family. [contract feishu-contact.md 4.3] */
export const JOB_FAMILY_CODES = {
  tooMany: refused(42401, 'job family number reach the upper limit'),
  unknown: { status: 404, code: 42402, msg: 'job family not exist' },
  nameInvalid: refused(42404, 'job family name not valid'),
  descriptionInvalid: refused(42405, 'job family description not valid'),
  nameTaken: refused(42406, 'job family name duplicate'),
  cycle: refused(42407, 'job family has cycle'),
  parentUnknown: refused(42408, 'parent job family not exist'),
  parentDisabled: refused(42409, 'parent job family not enable'),
  parentDeleted: refused(42410, 'parent job family deleted'),
  hasChildren: refused(42411, 'job family has child can not delete'),
  tooDeep: refused(42413, 'job family exceed level number'),
} as const satisfies Readonly<Record<string, Code>>;

/** What is said of an employee type; levels have the same numbers with other meanings. [contract feishu-contact.md 4.3] */
export const EMPLOYEE_TYPE_CODES = {
  contentTaken: refused(42301, 'param content duplicate'),
  translationTaken: refused(42302, 'param i18n_content duplicate'),
  tooMany: refused(42303, 'exceed content max num'),
} as const satisfies Readonly<Record<string, Code>>;

/** Codes of the upload and download of a picture, in the vendor's spelling. [public: image] */
export const IMAGE_CODES = {
  paramInvalid: refused(234001, 'Invalid request param.'),
  tooLarge: refused(234006, 'The file size exceed the max value.'),
  empty: refused(234010, "File's size can't be 0."),
  unrecognised: refused(234011, "Can't regonnize the image format."),
  resolutionExceeded: refused(234039, 'Image resolution exceeds limit.'),
} as const satisfies Readonly<Record<string, Code>>;

/** What filters and searches say of a list that cannot be shown. [public: dir/employee/filter] */
export const READ_CODES = {
  pageTokenInvalid: refused(2221004, 'invalid page token'),
  pageMissing: refused(2221005, 'no page request'),
  filterFieldInvalid: refused(2220009, 'Filter field is invalid'),
  pageTooLarge: refused(2220010, 'Exceeded the limit size'),
  fieldNotFilterable: refused(2220012, 'The field is not support filter'),
  operatorUnsupported: refused(2220013, 'The field does not support the operator'),
  filterValueInvalid: refused(2220014, 'Invalid field value'),
} as const satisfies Readonly<Record<string, Code>>;

/** What the operations on departments say. [public: dir/department/create, dir/department/patch, dir/department/delete] */
export const DEPARTMENT_CODES = {
  requestInvalid: refused(2221305, 'Request parameter error'),
  idTaken: refused(2221306, 'ExternalID repeat'),
  tooMany: refused(2221307, 'Exceed department limit'),
  unknown: refused(2221309, 'Department does not exist'),
  translationTaken: refused(2221311, 'Internationalized name duplication'),
  tooDeep: refused(2221312, 'Exceed department level depth'),
  idInvalid: refused(2221313, 'ExternalID invalid'),
  childrenTooMany: refused(2221317, 'Department direct sub departments exceed limits'),
  nameTaken: refused(2221319, 'Department name duplicate when creating and updating'),
  descriptionInvalid: refused(2221328, 'Description invalid'),
  customFieldInvalid: refused(2221331, 'Custom field value invalid'),
  hasMembers: refused(2221332, 'Department has members, can not delete department'),
  nameSlashed: refused(2221333, "Department name can not contain '/'"),
  hasChildren: refused(2221348, 'Department has child, can not delete department'),
  membersDisabled: refused(2221349, 'Department has member, can not disable department'),
  childrenDisabled: refused(2221350, 'Department has child, can not disable department'),
  parentDisabledOnEnable: refused(2221351, 'Department parent is disabled, can not enable'),
  parentDisabled: refused(2221352, 'Department parent is disabled'),
} as const satisfies Readonly<Record<string, Code>>;

/** The 58 codes of the page 更新员工信息, literally. [seed] */
export const EMPLOYEE_CODES = {
  nameTooLong: refused(2221164, 'User name exceeds limit'),
  englishNameTooLong: refused(2221165, 'User en_name exceeds limit'),
  aliasTooLong: refused(2221166, 'User another_name exceeds limit'),
  mobileTaken: refused(2221103, 'Mobile already exists'),
  mobileInvalid: refused(2221106, 'Invalid mobile'),
  contactMissing: refused(2221113, 'Mobile or email not set'),
  mobileRequired: refused(2221114, 'User must have a mobile in China'),
  mobileVerified: refused(2221156, 'Unable to edit verified mobile'),
  emailTaken: refused(2221104, 'Email already exists'),
  emailInvalid: refused(2221107, 'Invalid email'),
  enterpriseEmailTaken: refused(2221118, 'Enterprise email already exists'),
  enterpriseEmailInvalid: refused(2221278, 'Invalid enterprise email'),
  enterpriseDomainUnavailable: refused(2221126, 'Enterprise email domain unavailable'),
  enterpriseEmailTooLong: refused(2221146, 'Enterprise email alias exceeds limit'),
  enterpriseEmailRecycled: refused(2221147, 'Enterprise email address in recycle bin'),
  emailRequired: refused(2221176, 'Add Feishu allow list tenant. Email must be included with non+86mobile'),
  mainDepartmentNotFirst: refused(2221255, 'Main department must be the first'),
  departmentFull: refused(
    2221125,
    'The number of members within the department exceeds the limit. Please contact an administrator for help',
  ),
  departmentsEmpty: refused(2221129, 'User department is empty'),
  departmentsTooMany: refused(
    2221141,
    "Unable to join multiple departments. Please upgrade relevant 'Organizational Structure Visible'.",
  ),
  departmentUnknown: refused(2221181, 'Department does not exist'),
  leaderLoop: refused(2221239, 'Leader loop error'),
  dottedLeaderLoop: refused(2221238, 'DottedLineLeaderID loop error'),
  dottedLeadersTooMany: refused(2221221, 'DottedLineLeaderID exceeds length limit'),
  dottedLeaderInvalid: refused(2221222, 'Invalid dottedLineLeaderID'),
  customFieldInvalid: refused(2221242, 'Invalid custom field'),
  workCountryInvalid: refused(2221216, 'Invalid work country or region'),
  workPlaceUnknown: refused(2221217, 'WorkplaceID not found'),
  jobNumberTaken: refused(2221240, 'JobNumber not unique'),
  extensionInvalid: refused(2221191, 'Invalid extension number'),
  extensionTaken: refused(2221192, 'Repeated extension number within the tenant'),
  extensionTooLong: refused(2221193, 'Extension number exceeds limit'),
  joinDateInvalid: refused(2221210, 'Invalid join date'),
  employeeTypeUnknown: refused(2221144, 'EmployeeType not found'),
  employeeTypeInactive: refused(2221145, 'EmployeeType inactive'),
  jobTitleInvalid: refused(2221223, 'Invalid job title ID'),
  geoNotActivated: refused(2221263, 'Tenant has not activated multi geo'),
  geoUnknown: refused(2221264, 'User geo does not exist'),
  geoForbidden: refused(2221265, 'The application does not have permission to write to the geo'),
  seatsForbidden: refused(2221266, 'The application does not have permission to write to the SubscriptionID'),
  operationForbidden: refused(2224001, 'No permission to operate'),
  recordForbidden: refused(2224002, 'No permission to operate record'),
  dependentForbidden: refused(2224003, 'No permission to operate dependent object'),
  seatsEmpty: refused(2221252, 'Hybrid license tenant prohibits passing empty licenses to create users'),
  seatsInsufficient: refused(2221253, 'Designated licenseID is insufficient'),
  seatsInvalid: refused(2221254, 'Designated licenseID is invalid'),
  certifiedSeatsExceeded: refused(2221111, 'Exceeds certified seat limit'),
  billingSeatsExceeded: refused(2221112, 'Exceeds billing plan seat limit'),
  employeeIdTaken: refused(2221115, 'ExternalID is not unique'),
  employeeIdInvalid: refused(2221116, 'Invalid ExternalID'),
  mobileForeign: refused(2221175, 'Feishu only supports +86mobile'),
  founderFrozen: refused(2221182, 'Unable to freeze tenant founder'),
  nameSensitive: refused(2221109, 'Name contains sensitive info'),
  departmentDisabled: refused(2221292, 'User department is disabled'),
  resignDateInvalid: refused(2221213, 'Resign date invalid or earlier than join date or empty'),
  resignReasonInvalid: refused(2221214, 'Resign reason invalid or not match resign type'),
  // The backslash is on the page; JSON doubles it on the wire.
  resignationLocked: refused(2221293, "Only allow update preResigned\\resigned employee's resign info field"),
  resignTypeInvalid: refused(2221231, 'Resign type invalid or not match resign reason'),
} as const satisfies Readonly<Record<string, Code>>;

/** What the other operations on an employee's life may say, beside the codes above. */
export const LIFECYCLE_CODES = {
  createdTooFast: refused(2221163, 'Users are created too frequently'), // [public: dir/employee/create]
  founderDeleted: refused(2221183, 'Unable to delete tenant founder'), // [public: dir/employee/delete], also the next
  deletedTooSoon: refused(2221185, 'Frequent deletion. User recovered less than an hour ago'),
  statusNotUpdated: refused(2221246, 'User staff status not updated'), // [public: dir/employee/regular]
  // [public: dir/employee/resurrect]
  planTooLow: refused(2221275, 'Tenant version not allow resurrection'),
  returnNotAllowed: refused(2221268, 'Tenant not in the access list'),
  returnDuplicated: refused(2221269, 'Resurrect user info duplicated'),
  leavingInProcess: refused(2221270, "Can't resurrect user in delete process"),
  returnBillingSeats: refused(2221271, 'User exceed billing seats limit'),
  returnTenantLimit: refused(2221272, 'User exceed tenant limit'),
  returnCertifiedSeats: refused(2221273, 'User exceed certification seats limit'),
  returnContactSeats: refused(2221274, 'User exceed feature contact seats limit'),
  joinRefused: refused(2221123, 'The user refused to join the tenant and cannot be resurrect'),
  returnDepartmentFull: refused(2221140, 'Department number exceeds limit'),
} as const satisfies Readonly<Record<string, Code>>;

/** What `abnormal` of an event says of a field that the app may not see. [contract feishu-contact.md 6.2] */
export const ABNORMAL_IN_EVENT = 1001;

/** What an `abnormals` entry of a read says of a row or a field. [public: dir/employee/mget] */
export const ABNORMAL = { ok: 0, noPermission: 1000, userMissing: 2002, fieldMissing: 2003 } as const;
