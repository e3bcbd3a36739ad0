/** Sentences of Feishu’s part of company files, by the English ones. */
export const chinese: Readonly<Record<string, string>> = {
  'Feishu’s settings of the company, and its apps.': '飞书侧的公司设置与应用。',
  'The edition; one below directory_api_min_plan answers 2224001.':
    '版本；低于 directory_api_min_plan 时返回 2224001。',
  'The smallest edition that may call the directory API (2224001).': '可调用 directory 接口的最低版本（2224001）。',
  'Whether foreign mobiles may be added (2221175, 2221176).': '是否允许添加境外手机号（2221175、2221176）。',
  'Employees of a company that is not certified; any number when null (2221111).':
    '未认证企业的员工数上限；null 为不限（2221111）。',
  'Paid seats; any number when null (2221112).': '付费席位数；null 为不限（2221112）。',
  'Members of the company; any number when null (2221272).': '企业成员数上限；null 为不限（2221272）。',
  'Seats of the contacts; any number when null (2221274).': '通讯录席位数；null 为不限（2221274）。',
  'A mainland company: a mobile may not be cleared (2221114).': '中国大陆企业：手机号不可清空（2221114）。',
  'Whether the company has the mail service; work mail needs it (2221126).':
    '是否开通邮箱服务；企业邮箱需要（2221126）。',
  'Mail domains of the company, for work mail addresses.': '企业的邮箱域名，用于企业邮箱。',
  'The domain, e.g. example.com.': '域名，如 example.com。',
  'Whether addresses of the domain may be given.': '是否可分配该域名的地址。',
  'Work mail addresses that were deleted and are not free yet.': '已删除但尚未释放的企业邮箱。',
  'The address.': '邮箱地址。',
  'When it was deleted.': '删除时间。',
  'Days for which a deleted address is not free.': '删除后多少天内不可再用。',
  'People in one department (2221125).': '单个部门的人数上限（2221125）。',
  'Departments of the company; any number when null (2221307).': '部门数上限；null 为不限（2221307）。',
  'Whether an employee may be in several departments (2221141).': '员工是否可属于多个部门（2221141）。',
  'Whether custom fields may be written over the API (2221242).': '是否允许通过接口写入自定义字段（2221242）。',
  'Whether the company has several data locations (2221263).': '企业是否有多个数据驻留地（2221263）。',
  'Data locations of the company.': '企业的数据驻留地。',
  'Lower case (2221264).': '小写（2221264）。',
  'Whether seats are all of one kind, or of several (subscription_ids).':
    '席位是单一类型，还是多种类型（subscription_ids）。',
  'Seats that were bought.': '已购买的席位。',
  'Id of the subscription, as subscription_ids name it.': '订阅的 ID，供 subscription_ids 引用。',
  'Key of the plan.': '套餐的标识。',
  'Name of the product.': '产品名称。',
  'The name by language.': '各语言的名称。',
  'How many seats there are.': '席位总数。',
  'From when they may be used.': '生效时间。',
  'Until when they may be used.': '失效时间。',
  'Words that no name may contain.': '姓名中不可出现的词。',
  'Not to stand in a name (2221109).': '姓名中不可出现（2221109）。',
  'Id of the employee who cannot be frozen (2221182); the first employee when null.':
    '不可停用的员工 ID（2221182）；null 为第一个员工。',
  'The permissions and ranges of user tokens; the founder and super administrators may do everything.':
    '用户身份令牌的权限与管理范围；创建人与超级管理员不受限制。',
  'Own id of the employee; several entries are several roles.': '员工在本系统的 ID；多条表示多个角色。',
  'A super administrator may do everything in the whole company, as the founder may.':
    '超级管理员可在全公司做任何操作，与创建人相同。',
  'What the role allows with a user token (2224001): employee.create, employee.update, employee.resign (resign, to_be_resigned, regular), employee.resurrect, department.manage (create, update, delete). All when absent; reading needs none of them.':
    '角色以用户身份令牌可做的操作（2224001）：employee.create、employee.update、employee.resign（resign、to_be_resigned、regular）、employee.resurrect、department.manage（create、update、delete）。缺省为全部；读取不需要。',
  'The management range: own ids of departments, with all below (2224002, 2224003). Of several roles that allow an operation the ranges add up. All when absent.':
    '管理范围：部门在本系统的 ID，含全部下级（2224002、2224003）。多个角色允许同一操作时，范围合并。缺省为全部。',
  'Personnel management mode (人事管理模式), without which to_be_resigned and regular answer 2224001; the founder and super administrators have it. False when absent.':
    '人事管理模式；没有则 to_be_resigned 与 regular 返回 2224001。创建人与超级管理员始终拥有。缺省为 false。',
  'Whether there is a personnel management mode: without it no user token can do to_be_resigned or regular (2224001).':
    '是否有人事管理模式；没有则任何用户身份令牌都不能执行 to_be_resigned 与 regular（2224001）。',
  'Employees fed by another system (data_source 2, 3) cannot be edited (2224002).':
    '由其他系统同步的员工（data_source 2、3）不可编辑（2224002）。',
  'Whether resigned employees may be brought back.': '离职员工是否可恢复。',
  'Days after a resignation in which the employee may be brought back.': '离职后多少天内可恢复。',
  'Minutes after bringing back in which the employee cannot resign.': '恢复后多少分钟内不可离职。',
  'Minutes that a resignation takes until it is complete.': '离职处理所需的分钟数。',
  'Employees made in one minute; any number when null (2221163).': '一分钟内可新建的员工数；null 为不限（2221163）。',
  'Days after which someone who left the workspace has resigned.': '退出企业后多少天视为离职。',
  'Departments and freezing change once a second (contact v3: 44025).':
    '部门与停用状态每秒只能变更一次（通讯录 v3：44025）。',
  'Contact v3 changes no employee who has not joined (44010).': '通讯录 v3 不可修改未加入的员工（44010）。',
  'Mobiles and work mails that belong to two accounts of the platform (contact v3: 41003).':
    '属于两个平台账号的手机号与企业邮箱（通讯录 v3：41003）。',
  'The mobile.': '手机号。',
  'The mail address.': '邮箱地址。',
  'Changes of one user_id (contact v3: 41013).': 'user_id 可修改的次数（通讯录 v3：41013）。',
  'Contact v3 deletes no employee (44062).': '通讯录 v3 不可删除员工（44062）。',
  'Calls of all apps in a month (99991403).': '每月全部应用的调用次数（99991403）。',
  'Whether employee_id_type=user_id is taken for employee_id (99992402).':
    'employee_id_type=user_id 是否视为 employee_id（99992402）。',
  'Lark is Feishu outside China: other hosts, English sentences.': 'Lark 为海外版飞书：域名不同，文案为英文。',
  'What tenant/v2/tenant/query tells: 0 standard, 2 team.': 'tenant/v2/tenant/query 返回的类型：0 标准版，2 团队版。',
  'From the key when absent.': '缺省由公司标识生成。',
  'Domain of the company, as tenant/v2/tenant/query returns it.': '企业域名，与 tenant/v2/tenant/query 返回的一致。',
  'Whether the contact API refuses a leader who has not joined yet (43025).':
    '通讯录接口是否拒绝尚未加入的负责人（43025）。',
  'How often the contact API may change the department_id of one department (43009).':
    '通讯录接口可修改同一部门 department_id 的次数（43009）。',
  'Image keys must be known here (2220001).': '图片 key 须在此列出（2220001）。',
  'Whether requests are counted: too many at a time answer HTTP 429, 99991400.':
    '是否计算请求频率：过多时返回 HTTP 429、99991400。',
  'The app’s id, unique over all companies.': '应用 ID，在所有公司中唯一。',
  'As an export writes it.': '导出文件中的形式。',
  'Whether the company has installed it (99991673).': '公司是否已安装该应用（99991673）。',
  'API permissions; all directory scopes when absent (99991672).': '接口权限；缺省为全部 directory 权限（99991672）。',
  'The contact scope of the app: all, or own ids of departments (with all below) and employees (2224002).':
    '应用的通讯录权限范围：all，或部门（含全部下级）与员工在本系统的 ID（2224002）。',
  'Own ids of departments, with all below.': '部门在本系统的 ID，含全部下级。',
  'Addresses and CIDR ranges; any when empty (99991401).': '地址与 CIDR 范围；为空则不限（99991401）。',
  'Where users who agreed may be sent (20029); any http or https address when absent.':
    '用户授权后可跳转的地址（20029）；缺省为任意 http 或 https 地址。',
  'As bot/v3/info tells it; the app_id when absent.': 'bot/v3/info 返回的名称；缺省为 app_id。',
  'Address of the app’s picture, as bot/v3/info returns it.': '应用图标的地址，与 bot/v3/info 返回的一致。',
  'How long tokens of the app and of its users live; 7200 (99991663, 99991677).':
    '应用与用户令牌的有效秒数；缺省 7200（99991663、99991677）。',
  'How long a refresh token lives; 604800 (20037).': '刷新令牌的有效秒数；缺省 604800（20037）。',
  'How long an authorization code lives; 300 (20004).': '授权码的有效秒数；缺省 300（20004）。',
  'Where the app receives events, and which; it receives none when absent.': '应用在何处接收哪些事件；缺省不接收。',
  'The address to which events are posted. Without it, long_connection must be true.':
    '推送事件的地址；没有则 long_connection 须为 true。',
  'Events go to connections that the app opens (WSClient), not to an address.':
    '事件发往应用建立的长连接（WSClient），而不是推送地址。',
  'The Encrypt Key: with it, posted events are encrypted and signed. A secret of the emulated app.':
    'Encrypt Key：设置后推送的事件加密并签名。模拟应用的密钥。',
  'The Verification Token that each event repeats; empty when absent. A secret of the emulated app.':
    '每个事件携带的 Verification Token；缺省为空。模拟应用的密钥。',
  'The events that the app subscribed to; all when absent.': '应用订阅的事件；缺省为全部。',
  'The address gets events although it has not answered the challenge.': '即使地址未通过 challenge 校验，也推送事件。',
  'Apps of one developer share their union_ids; one per company when absent.':
    '同一开发者的应用共用 union_id；缺省每个公司一个开发者。',
  'Feishu’s part of the department.': '部门的飞书部分。',
  'The own id when absent.': '缺省与本系统 ID 相同。',
  'The open_department_id; made from the company’s key and the own id when absent.':
    'open_department_id；缺省由公司标识与本系统 ID 生成。',
  'Values of custom fields by field id, as kept.': '自定义字段的值，以字段 ID 为键，按保存的形式。',
  'Numbers of employee types (43026).': '人员类型的编号（43026）。',
  'How often the contact API changed department_id (43009).': '通讯录接口修改 department_id 的次数（43009）。',
  'The order in digits, where a number does not hold it.': '排序的数字文本，用于数值无法表示的情况。',
  'Feishu’s part of the entry.': '条目的飞书部分。',
  'The own id when absent; for a country its MDM code.': '缺省与本系统 ID 相同；国家为其 MDM 编码。',
  'For an employee type: its number; 1 to 5 change a built-in one.': '人员类型的编号；1 至 5 为修改内置类型。',
  'For a job level or a job family: what it is.': '职级或序列的描述。',
  'For a job level, job family or employee type: deleted, though employees may still have it.':
    '职级、序列或人员类型：已删除，但员工可能仍在使用。',
  'Feishu’s part of the field.': '字段的飞书部分。',
  'E.g. C-1000001. Without it the platform does not know the field.': '如 C-1000001；没有则飞书不识别该字段。',
  'Feishu’s part of the employee.': '员工的飞书部分。',
  'From which open_id and union_id follow.': '用于生成 open_id 与 union_id。',
  'The union_id; made from uid and the app’s developer when absent.': 'union_id；缺省由 uid 与应用的开发者生成。',
  'open_id by app_id.': 'open_id，以 app_id 为键。',
  'Key of the portrait.': '头像的 key。',
  'Key of the picture behind the profile.': '个人资料背景图的 key。',
  'The employee’s own sentence.': '个性签名。',
  'The mobile cannot be changed (2221156).': '手机号不可修改（2221156）。',
  'The last day of work, YYYY-MM-DD.': '最后工作日，YYYY-MM-DD。',
  'Reason of the resignation, 0 to 25.': '离职原因，0 至 25。',
  'Remark about the resignation.': '离职备注。',
  'Kind of the resignation, 0 to 3.': '离职类型，0 至 3。',
  '1 admin console, 2 HR enterprise edition, 3 SCIM.': '1 为管理后台，2 为人事企业版，3 为 SCIM。',
  'Data location of the employee, one of geos.': '员工的数据驻留地，须为 geos 之一。',
  'Seats of the employee, of the company’s subscriptions.': '员工占用的席位，须在公司的 subscriptions 之中。',
  'When somebody whose activation is exited left the workspace; the last change of the record when absent.':
    '激活状态为已退出的员工何时退出企业；缺省为记录最近一次变更的时间。',
  'Whether the employee refused the invitation.': '员工是否拒绝了邀请。',
  'When the employee was brought back.': '员工恢复的时间。',
  'When the employee resigned.': '员工离职的时间。',
  'Enterprise mail address and aliases given back when the employee returns.': '员工恢复时归还的企业邮箱与别名。',
  'Own ids of who receives what a resigned employee left behind, by kind.': '离职交接：各类资源接收人在本系统的 ID。',
  'Own ids of the departments held when the employee left.': '员工离职时所属部门在本系统的 ID。',
  'Whether colleagues see the mobile.': '同事是否可见手机号。',
  'Seconds; the beginning of join_date in China when absent, or of another day.':
    '秒数；缺省为 join_date 当天零点（中国时间），或另一日期。',
  'A code as written that no country of the file has.': '按原样保留、文件中没有对应国家的编码。',
  'The employees that a user token of this employee sees over contact v3; all when absent.':
    '以该员工的用户身份令牌调用通讯录 v3 可见的员工；缺省为全部。',
  'Changes of the employee_id so far (41013).': 'employee_id 已修改的次数（41013）。',
  'Work mail addresses of the employee that were deleted and are not free yet.': '该员工已删除但尚未释放的企业邮箱。',
};
