import { fieldType, groupType, valueType } from '../protocol/codes.ts';
import { groupOf, type Canonical, type RosterGroup } from '../model/roster-fields.ts';

// The contract's table 3.2. Real: 11001, 11002, 12010 and 12024 with their names [public: 99131]; 11006, 11012 and 12004
// with their names, 11020, 17001–17004 with their types [seed]; 11003, 11004, 14001 and 19001 with their types
// [public: 99132]; 11005 [public: OA-client]. All other ids and names are [proposed].

type Field = Parameters<typeof groupOf>[0]['fields'][number];

interface More {
  readonly must?: true;
  readonly is?: Canonical;
}

function field(
  fieldid: number,
  field_name: string,
  types: Pick<Field, 'field_type' | 'value_type'>,
  more: More,
): Field {
  return { fieldid, field_name, ...types, is_must: more.must === true, canonical: more.is ?? null };
}

function text(fieldid: number, name: string, max_len: number, more: More = {}): Field {
  return { ...field(fieldid, name, { field_type: fieldType.text, value_type: valueType.string }, more), max_len };
}

function phone(fieldid: number, name: string, more: More = {}): Field {
  return field(fieldid, name, { field_type: fieldType.text, value_type: valueType.phone }, more);
}

/** Seconds since 1970, never before it. */
function time(fieldid: number, name: string, more: More = {}): Field {
  return field(fieldid, name, { field_type: fieldType.time, value_type: valueType.uint64 }, more);
}

/** Seconds since 1970, also before it: people are born earlier. */
function birthday(fieldid: number, name: string): Field {
  return field(fieldid, name, { field_type: fieldType.time, value_type: valueType.int64 }, {});
}

/** Options numbered from 1 in this order. */
function choice(fieldid: number, name: string, options: readonly string[], more: More = {}): Field {
  const types = { field_type: fieldType.option, value_type: valueType.uint32 };
  const option_list = options.map((value, index) => ({ id: index + 1, value }));
  return { ...field(fieldid, name, types, more), option_list };
}

function file(fieldid: number, name: string, kind: number = fieldType.files): Field {
  return field(fieldid, name, { field_type: kind as Field['field_type'], value_type: valueType.file }, {});
}

const EDUCATION = ['初中及以下', '高中/中专', '大专', '本科', '硕士', '博士'];

/** The roster of a company that brings none of its own. */
export const DEFAULT_GROUPS: readonly RosterGroup[] = [
  {
    group_id: 1001,
    group_name: '个人信息',
    fields: [
      text(11001, '姓名', 64, { must: true, is: 'name' }),
      text(11002, '别名', 64, { is: 'nickname' }),
      phone(11003, '手机号', { is: 'mobile' }),
      choice(11004, '性别', ['男', '女'], { is: 'gender' }),
      birthday(11005, '出生日期'),
      text(11006, '年龄', 64),
      choice(11007, '证件类型', [
        '居民身份证',
        '护照',
        '港澳居民来往内地通行证',
        '台湾居民来往大陆通行证',
        '外国人永久居留身份证',
        '其他',
      ]),
      text(11008, '证件号码', 64),
      text(11009, '民族', 32),
      choice(11010, '政治面貌', ['群众', '共青团员', '中共党员', '中共预备党员', '民主党派', '其他']),
      time(11011, '首次参加工作日期'),
      text(11012, '社会工龄', 64),
      choice(11013, '婚姻状况', ['未婚', '已婚', '离异', '丧偶']),
      text(11014, '籍贯', 64),
      choice(11015, '户籍类型', ['本地城镇', '本地农村', '外地城镇', '外地农村']),
      text(11016, '户籍地址', 128),
      choice(11017, '最高学历', EDUCATION),
      text(11018, '个人邮箱', 64),
      text(11019, '微信号', 32),
      text(11020, '现居住地址', 128),
      text(11021, '座机', 32, { is: 'telephone' }),
      text(11022, '英文名', 64, { is: 'english_name' }),
    ],
  },
  {
    group_id: 1002,
    group_name: '在职信息',
    fields: [
      text(12001, '工作邮箱', 64, { is: 'email' }),
      text(12002, '办公地点', 128, { is: 'work_place' }),
      time(12003, '入职日期', { is: 'join_date' }),
      choice(12004, '员工状态', ['待入职', '试用', '正式', '待离职', '已离职'], { is: 'status' }),
      choice(12005, '员工类型', ['全职', '实习', '外包', '劳务', '顾问'], { is: 'employment_type' }),
      choice(12006, '试用期', ['无试用期', '一个月', '二个月', '三个月', '六个月', '其他']),
      time(12007, '计划转正日期'),
      time(12008, '实际转正日期'),
      text(12009, '所属公司', 128),
      choice(12010, '职位', ['总经理', '秘书'], { is: 'position' }),
      text(12011, '职级', 64, { is: 'job_level' }),
      text(12020, '工位', 64, { is: 'work_station' }),
      text(12021, '分机号', 32, { is: 'extension_number' }),
      text(12022, '备注', 256, { is: 'note' }),
      text(12024, '工号', 64, { must: true, is: 'job_number' }),
    ],
  },
  {
    group_id: 1003,
    group_name: '工资社保信息',
    fields: [
      text(13001, '工资卡开户行', 64),
      text(13002, '工资卡账号', 64),
      text(13003, '社保账号', 64),
      text(13004, '公积金账号', 64),
      text(13005, '社保缴纳地', 64),
      text(13006, '公积金缴纳地', 64),
    ],
  },
  {
    group_id: 1004,
    group_name: '教育经历',
    group_type: groupType.education,
    fields: [
      text(14001, '学校名称', 64, { must: true }),
      text(14002, '专业', 64),
      choice(14003, '学历', EDUCATION),
      time(14004, '入学时间'),
      time(14005, '毕业时间'),
      file(14006, '毕业证书', fieldType.picture),
    ],
  },
  {
    group_id: 1005,
    group_name: '工作经历',
    group_type: groupType.work,
    fields: [
      text(15001, '公司名称', 128, { must: true }),
      text(15002, '职位', 64),
      time(15003, '开始时间'),
      time(15004, '结束时间'),
      text(15005, '工作描述', 512),
    ],
  },
  {
    group_id: 1006,
    group_name: '家庭成员',
    group_type: groupType.family,
    fields: [
      text(16001, '姓名', 64, { must: true }),
      choice(16002, '关系', ['配偶', '父母', '子女', '兄弟姐妹', '其他']),
      phone(16003, '联系电话'),
      birthday(16004, '出生日期'),
      text(16005, '工作单位', 128),
    ],
  },
  {
    group_id: 1007,
    group_name: '紧急联系人',
    group_type: groupType.emergency,
    fields: [
      text(17001, '姓名', 64, { must: true }),
      choice(17002, '关系', ['配偶', '父母', '子女', '兄弟姐妹', '朋友', '其他']),
      phone(17003, '联系电话', { must: true }),
      text(17004, '联系地址', 128),
    ],
  },
  {
    group_id: 1008,
    group_name: '合同信息',
    group_type: groupType.contract,
    fields: [
      text(18001, '合同公司', 128),
      choice(18002, '合同类型', ['固定期限劳动合同', '无固定期限劳动合同', '实习协议', '劳务协议', '其他'], {
        must: true,
      }),
      time(18003, '合同起始日', { must: true }),
      time(18004, '合同到期日'),
      text(18005, '合同编号', 64),
      file(18006, '合同附件'),
    ],
  },
  {
    group_id: 1009,
    group_name: '个人材料',
    fields: [file(19001, '身份证照片'), file(19002, '学历证书'), file(19003, '离职证明'), file(19004, '其他材料')],
  },
].map(groupOf);
