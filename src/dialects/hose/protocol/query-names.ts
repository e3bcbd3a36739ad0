import type { QueryNames } from '../../dialect.ts';

/** What pages of lists are asked for with. */
const PAGE = ['start', 'count'] as const;
const LIST = [...PAGE, 'orderBy', 'orderByType', 'startDate', 'endDate'] as const;
const DIMENSION_ITEMS = [...LIST, 'dimensionId'] as const;

/** The parameters that each operation takes in the query. */
export const QUERY_NAMES: QueryNames = {
  every: ['accessToken'],
  operations: {
    'auth.refreshToken': ['powerCode', 'refreshToken'],
    'auth.refreshToken.expireDate': ['powerCode', 'refreshToken', 'expireDate'],
    'staffs.update': ['type'],
    'staffs.list': [...LIST, 'active', 'external'],
    'staffs.list.v1': [...LIST, 'active'],
    'staffs.authorized': LIST,
    'staffs.disableOrEnable': ['active', 'type', 'doCheck'],
    'staffs.disableOrEnable.v1': ['active', 'doCheck'],
    'staffs.backlogCount': ['staffParam'],
    'staffs.backlogCount.v1': ['staffParam'],
    'staffs.customFields': ['type'],
    'staffs.clearInfo': ['clearType', 'conditionIds', 'type'],
    'staffs.phone': ['secretMsg'],
    'staffs.certificate.get': ['type'],
    'staffs.certificate.update': ['type'],
    location: ['corpId'],
    'departments.list': LIST,
    'departments.external': LIST,
    'departments.byName': ['name'],
    'departments.byPath': ['path'],
    'departments.get': ['departmentBy'],
    'departments.disableOrEnable': ['active'],
    'city.get': ['id'],
    'dimensions.list': PAGE,
    'dimensions.items': DIMENSION_ITEMS,
    'dimensions.items.withVisibility': DIMENSION_ITEMS,
    'dimensions.items.withAll': DIMENSION_ITEMS,
    'dimensions.items.byId': ['id'],
    'dimensions.items.byCode': ['code'],
    'dimensions.items.byName': ['name'],
    'dimensions.items.batchCreate': ['type'],
    'dimensions.items.update': ['type'],
    'dimensions.items.disable': ['dimensionId', 'type'],
    'dimensions.items.enable': ['dimensionId', 'type'],
    'dimensions.items.disable.v1': ['dimensionId'],
    'dimensions.items.enable.v1': ['dimensionId'],
    'roledefs.update': ['name'],
    'roledefs.get': ['pathType', 'staffBy'],
    'roledefs.staffs.update': ['staffBy'],
    'roledefs.staffs.update.v1': ['staffBy'],
    // As the link has it that leads there.
    'provisional.open': ['ekbCorpId', 'pageType', 'overdueTokenRedirect'],
  },
};
