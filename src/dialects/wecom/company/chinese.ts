/** Sentences of WeCom’s part of company files, by the English ones. */
export const chinese: Readonly<Record<string, string>> = {
  'WeCom’s settings of the company, and its apps.': '企业微信侧的公司设置与应用。',
  'ww and 16 hex characters.': 'ww 后接 16 位十六进制字符。',
  'Whether the company is in use on WeCom.': '公司是否使用企业微信。',
  'How long an access_token lives; 7200.': 'access_token 的有效秒数；缺省 7200。',
  'Whether 手机号 of an activated member may not be written: result 2. Off.':
    '是否不可写入已激活成员的手机号（result 2）；缺省关闭。',
  'How many calls are allowed (45009).': '允许的调用次数（45009）。',
  'Whether calls are counted at all; not unless true.': '是否计算调用次数；仅在为 true 时计算。',
  'Calls of one API by one company; 10000. 0: no limit.': '一个企业对一个接口的每分钟调用次数；缺省 10000，0 为不限。',
  'The same in an hour; 150000.': '同上，每小时；缺省 150000。',
  'Calls of one API from one address; 20000.': '一个地址对一个接口的每分钟调用次数；缺省 20000。',
  'The same in an hour; 600000.': '同上，每小时；缺省 600000。',
  'Wrong secrets after which an address is blocked for an hour; 0: never.':
    '密钥错误多少次后封禁地址一小时；0 为从不。',
  'Calls with debug=1 of one API; 5.': '一个接口带 debug=1 的调用次数；缺省 5。',
  'Members made in 30 days; member_limit × 3, none without it. 0: no limit.':
    '30 天内可新建的成员数；缺省 member_limit × 3，未设 member_limit 则不限。0 为不限。',
  'Person-times of messages of an app; member_limit × 200, none without it.':
    '应用消息的人次；缺省 member_limit × 200，未设 member_limit 则不限。',
  'Messages of an app to one member; 30. More are dropped in silence.':
    '应用发给同一成员的消息数；缺省 30，超出的静默丢弃。',
  'Failed look-ups in a day; 20 % of member_limit, none without it.':
    '一天内查询失败的次数；缺省为 member_limit 的 20 %，未设 member_limit 则不限。',
  'How many members the company may have: 45024. Absent: any number.': '公司的成员数上限：45024；缺省不限。',
  'The department 其他（待设置部门）; absent: made when it is needed.': '“其他（待设置部门）”；缺省在需要时创建。',
  'The company’s own mail domain: a new member gets a mailbox there. Absent: no enterprise mail.':
    '企业自有的邮箱域名：新成员在其中开通邮箱；缺省没有企业邮箱。',
  'Whether user/update may change a company mailbox; else 60144. Off.':
    'user/update 是否可修改企业邮箱；否则返回 60144。缺省关闭。',
  'How an app that is not given gender sees it: not, or "0". omit.':
    '无权查看性别的应用看到什么：不返回，或 "0"。缺省 omit。',
  'Members that one user/list or user/simplelist may answer: 45029. 0: any number.':
    'user/list 或 user/simplelist 单次可返回的成员数：45029。0 为不限。',
  'How long after it was added an address of trusted_ips takes effect; 0: at once.':
    'trusted_ips 中新增的地址多久后生效；0 为立即。',
  'How long an import shows itself as begun and running, and lets no other begin (302008); 0: not.':
    '导入任务显示为进行中、且不允许开始下一任务（302008）的时长；0 为不显示。',
  'userid of the creator, who stays: 301005.': '创建者的 userid，不可删除：301005。',
  'What get_api_domain_ip and getcallbackip answer; the address of this server.':
    'get_api_domain_ip 与 getcallbackip 返回的地址；缺省为本服务的地址。',
  'What user/get_active_stat answers for a day, instead of what was counted.':
    'user/get_active_stat 对某日返回的数，取代实际统计。',
  'The page of 二次验证, and its members; absent lists: everybody.': '二次验证的页面与成员；未列出则为全体成员。',
  'Address of the page.': '页面地址。',
  'userids of members.': '成员的 userid。',
  'Ids of departments, with all below.': '部门 ID，含全部下级。',
  'Ids of tags.': '标签 ID。',
  'Tags (标签) of the company.': '公司的标签。',
  'A tag brings its departments and members into a visible range.': '标签将其部门与成员带入可见范围。',
  'Id of the tag.': '标签的 ID。',
  'Name of the tag.': '标签的名称。',
  'userids of its members.': '标签内成员的 userid。',
  'Ids of its departments.': '标签内部门的 ID。',
  'agentid of the app that made it and alone may change it; absent: the administration.':
    '创建该标签的应用 agentid，仅该应用可修改；缺省为管理端。',
  'The roster (花名册).': '花名册。',
  'What the first instance of a group is called.': '每组第一个实例的名称。',
  'In which days begin.': '日期起算所用的时区。',
  'Whether insert_result is repeated as insert_results. Off.':
    'insert_result 是否同时以 insert_results 返回；缺省关闭。',
  'All fields of the roster; the usual ones when absent.': '花名册的全部字段；缺省为常用字段。',
  'Kind of a repeatable group, 1 to 5; null for the others.': '可重复分组的类型，1 至 5；其他分组为 null。',
  'How many instances a member may have.': '每个成员可有的实例数。',
  'The fields of the group.': '分组内的字段。',
  'Id of the field.': '字段的 ID。',
  'Name of the field.': '字段的名称。',
  '1 text, 2 option, 3 time, 4 picture, 5 file, 6 files.': '1 文本，2 选项，3 时间，4 图片，5 文件，6 多个文件。',
  '1 string, 2 uint64, 3 uint32, 4 int64, 5 phone, 6 file.':
    '1 string，2 uint64，3 uint32，4 int64，5 手机号，6 文件。',
  'Whether the field must have a value.': '是否必填。',
  'Whether the API may write it; not the ids and files that it never may.':
    '接口是否可写入；ID 与文件类字段始终不可写。',
  'Whether the API may read it.': '接口是否可读取。',
  'The member of the shared record that it shows; null for none.': '对应的共享记录成员；null 为无。',
  'How many characters it may have.': '字符数上限。',
  'Its options.': '字段的选项。',
  'Id of the option.': '选项的 ID。',
  'Text of the option.': '选项的文本。',
  'Options of 职位 (12010) besides those of its field, in a company without job_titles.':
    '没有 job_titles 的公司中，“职位”（12010）自带选项之外的选项。',
  'The app’s id.': '应用的 agentid。',
  'In place of secret, as an export writes it.': '代替 secret，导出文件中的形式。',
  'Which kind of app it is; contact_sync is 通讯录同步.': '应用的类型；contact_sync 为“通讯录同步”。',
  'Listed in 人事助手 - 可调用接口的应用; so unless false.': '列在“人事助手 - 可调用接口的应用”中；仅 false 为未列入。',
  'The whole company when absent.': '缺省为全公司。',
  'Empty: calls from anywhere, or, of an app made from 2022-06-20 20:00 on, from nowhere (60020).':
    '为空：不限地址；2022-06-20 20:00 之后创建的应用为空则任何地址都不可调用（60020）。',
  'An address, or a range as 10.0.0.0/8.': '地址，或 10.0.0.0/8 这样的范围。',
  'Whether user/get shows mobile, email, gender …; absent: as created_at says.':
    'user/get 是否返回手机号、邮箱、性别等；缺省由 created_at 决定。',
  'When the app was made, or the assistant switched on; from 2022-06-20T20:00:00+08:00 on sensitive fields are withheld and trusted_ips obligatory. 2022-01-01T00:00:00+08:00.':
    '应用创建或助手开启的时间；2022-06-20T20:00:00+08:00 起不返回敏感字段且必须设置 trusted_ips。缺省 2022-01-01T00:00:00+08:00。',
  'Of a contact_sync app: addresses that may read contact details; any other is refused with 48009. all.':
    'contact_sync 应用：可读取通讯录详情的地址，其他地址返回 48009。缺省 all。',
  'API接口同步 of a contact_sync app; edit.': 'contact_sync 应用的“API接口同步”；缺省 edit。',
  'host[:port] to which a sign-in may lead; empty: any.': '登录可跳转的 host[:port]；为空则不限。',
  'Fields that a member is asked to give when signing in; all seven.': '登录时要求成员授权的字段；缺省为全部七项。',
  'Where callbacks go (接收事件服务器): changes of the contacts to the assistant and, without sensitive fields, to apps that a provider made; to each app the results of its own imports and exports.':
    '回调发往何处（接收事件服务器）：通讯录助手收到通讯录变更，代开发应用也收到，但不含敏感字段；各应用收到各自导入、导出任务的结果。',
  'Address that takes them.': '接收回调的地址。',
  'Signs them.': '用于签名。',
  'Encrypts them.': '用于加密。',
  'When the address was saved; absent: when these three were applied first.':
    '保存该地址的时间；缺省为这三项首次导入的时间。',
  'Whether the address is asked before; so unless false.': '是否先校验地址；仅 false 为不校验。',
  'Shown by agent/get and when signing in.': '由 agent/get 返回，并在登录时显示。',
  'Shown by agent/get.': '由 agent/get 返回。',
  'WeCom’s part of the department.': '部门的企业微信部分。',
  'The number; 1 for the root, else the place in the file when absent.':
    '部门编号；根部门为 1，其他缺省为在文件中的序号。',
  'WeCom’s part of the entry.': '条目的企业微信部分。',
  'Id of the option in the roster; for a job title the place in the list when absent.':
    '花名册中选项的 ID；职务缺省为在列表中的序号。',
  'WeCom’s part of the field.': '字段的企业微信部分。',
  'The field’s id in the roster.': '字段在花名册中的编号。',
  'WeCom’s part of the employee.': '员工的企业微信部分。',
  'The userid; the own id when absent.': 'userid；缺省与本系统 ID 相同。',
  '1 activated, 2 disabled, 4 not activated.': '1 已激活，2 已禁用，4 未激活。',
  'Values of roster fields by fieldid.': '花名册字段的值，以 fieldid 为键。',
  'A text, an option’s id, seconds since 1970 (as text where beyond 2⁵³), a phone, or media ids.':
    '文本、选项 ID、1970 年以来的秒数（超过 2⁵³ 时为文本）、手机号或 media_id。',
  'Country calling code.': '国家/地区代码。',
  'Number without that code.': '不含代码的号码。',
  'Instances of the repeatable groups by group_type, each with values by fieldid.':
    '可重复分组的实例，以 group_type 为键，每个实例的值以 fieldid 为键。',
  'Absent: not bound to WeChat (43004).': '缺省：未绑定微信（43004）。',
  'Whether the platform made the userid, so that new_userid may change it once.':
    'userid 是否由平台生成，生成的可用 new_userid 修改一次。',
  'Where the company mailbox comes from; only one of the system may be changed: 60144. system.':
    '企业邮箱的来源；仅系统分配的可修改，否则返回 60144。缺省 system。',
  'When the member was invited.': '成员被邀请的时间。',
  'What 更新成员 wrote that only the contacts tell, by its name there.':
    '“更新成员”写入、只有通讯录返回的内容，以通讯录中的名称为键。',
};
