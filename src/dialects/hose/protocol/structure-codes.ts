import type { HoseError } from './codes.ts';

/** The failures of departments, archives, fields and cities, with where each sentence comes from. */
export const structureErrors = {
  // The sentences of Hose's pages on departments, archives, fields and cities, verbatim [public].

  /** contacts/get-departments-idOrCode.md, contacts/update-departments.md, contacts/active-departments.md */
  departmentUnknown: { status: 400, message: '未找到对应部门' },
  /** contacts/add-departments.md; the status [proposed] */
  departmentCodeTaken: { status: 400, message: '该部门编码已存在' },
  /** contacts/batch-add-departments.md */
  departmentCodeTakenInBatch: (code: string) => ({ status: 400, message: `该部门编码「${code}」已存在` }),
  /** contacts/add-departments.md */
  departmentNameTaken: { status: 412, message: '该部门在同级有相同的部门名称' },
  /** contacts/batch-add-departments.md: 400 here, 412 there */
  departmentNameTakenInBatch: { status: 400, message: '该部门在同级有相同的部门名称' },
  /** contacts/active-departments.md */
  departmentHasStaff: { status: 412, message: '要停用部门下的员工，才能停用此部门' },

  /** v2.0/dimensions/get-dimension-items.md: queries; of a member of a body [proposed] */
  parameterMissing: (name: string) => ({ status: 400, message: `输入存在错误:\n- 缺少${name}参数` }),

  /** dimensions/create-dimensions.md */
  dimensionNameMissing: { status: 400, message: '请填写显示名称' },
  /** dimensions/create-dimensions.md */
  dimensionCodeTaken: { status: 412, message: '此编码已经被占用' },
  /** dimensions/disable-dimension-items.md; where the archive is named by its id as well [proposed] */
  dimensionNotUnique: (code: string) => ({ status: 400, message: `根据code: [${code}]不能找到唯一档案` }),
  /** dimensions/update-dimension-items.md */
  dimensionNeeded: { status: 400, message: '类型为code时dimensionId是必填参数，请检查' },
  /** dimensions/disable-dimension-items.md */
  itemUnknown: { status: 412, message: '档案项不存在' },
  /** dimensions/disable-dimension-items.md */
  itemNotUnique: (code: string) => ({ status: 400, message: `根据code: [${code}]不能找到唯一的档案项` }),
  /** dimensions/batch-creat-dimension-items.md: of an item above, in two pairs of brackets */
  itemAboveNotUnique: (code: string) => ({ status: 400, message: `根据code: [[${code}]]不能找到唯一的档案项` }),
  /** dimensions/creat-dimension-items.md */
  itemAboveUnknown: { status: 412, message: '上级档案不存在' },
  /** dimensions/batch-creat-dimension-items.md */
  itemAboveUnknownInBatch: (id: string) => ({ status: 412, message: `上级档案[${id}]不存在` }),
  /** v2.0/dimensions/update-dimension-items.md: v1 names the item, not what is above */
  itemAboveUnknownOf: (code: string) => ({ status: 412, message: `编码为[${code}]的档案项找不到上级节点` }),
  /** dimensions/creat-dimension-items.md */
  itemNameTaken: (name: string) => ({ status: 412, message: `该档案项名称[${name}]导入重复` }),
  /** dimensions/creat-dimension-items.md, dimensions/update-dimension-items.md */
  itemCodeTaken: (code: string) => ({ status: 412, message: `编码[${code}]已经被占用` }),
  /** dimensions/batch-creat-dimension-items.md: of a code that an item has, or another of the batch */
  itemCodeTwice: (code: string) => ({ status: 412, message: `该档案项编码[${code}]导入重复` }),
  /** dimensions/creat-dimension-items.md */
  visibilityEmpty: { status: 412, message: '当fullVisible为false时，请指定departments、roles或staffs的值' },
  /** dimensions/creat-dimension-items.md for staffs; for departments and roles [proposed] */
  visibilityUnknown: (member: string, ids: readonly string[]) => ({
    status: 412,
    message: `参数${member}的值不存在或已被禁用[${ids.join(',')}]`,
  }),
  /** dimensions/batch-creat-dimension-items.md */
  staffNotUnique: (code: string) => ({ status: 412, message: `根据code: [[${code}]]不能找到唯一的员工` }),

  /** inside/create-custom-field-staffOrDepearment.md */
  fieldNameTaken: (name: string) => ({ status: 400, message: `名称为［${name}］的字段已存在` }),
  /** inside/create-custom-field-staffOrDepearment.md */
  fieldTypeUnknown: (type: string) => ({ status: 400, message: `[${type}]为不支持的数据类型` }),

  /** basedata/get-basedata-cityById.md; for an unknown corporation [proposed] */
  nothingFound: { status: 400, message: '查询结果不存在' },

  // Sentences that no page has, after those of siblings [proposed].

  departmentsInBatch: { status: 400, message: '批量新增部门列表大小必须为1-100之间' },
  itemsInBatch: { status: 400, message: '批量新增档案项列表大小必须为1-100之间' },
  itemNameTooLong: { status: 412, message: '档案项名称长度不能超过300' },
} as const satisfies Record<string, HoseError | ((...parts: never[]) => HoseError)>;
