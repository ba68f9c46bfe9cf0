/** 阻断：须去掉，或者由承办人之外的人写明依据放行；提醒：须确认看过；提示：说明一声。 */
export const SEVERITIES = { block: '阻断', warn: '提醒', note: '提示' } as const
export type Severity = keyof typeof SEVERITIES

/** 一条规则：严重程度，怎样办，由谁放行。 */
interface Rule {
  label: string
  severity: Severity
  /** 怎样办 */
  advice: string
  /** 不得放行，只能去掉 */
  mendOnly?: boolean
  /** 只能由保密审查员放行 */
  secrecy?: boolean
}

/** 预检的各条规则；命中的严重程度由规则定，词表的由词定。 */
export const RULES = {
  'secret-mark': { label: '密级标志', severity: 'block', advice: '国家秘密不得公开（条例第十四条）。已经解密的，去掉标志，留存解密的文书', secrecy: true },
  'not-public-mark': { label: '写明不公开的标志', severity: 'block', advice: '文件自己写明不予公开、依申请公开；改定为主动公开的，去掉这一句，留存改定的记载' },
  'internal-words': { label: '限于内部的字样', severity: 'warn', advice: '请确认不是内部文件，或者已经批准公开' },
  'id-number': { label: '居民身份证号码', severity: 'block', advice: '敏感个人信息，请遮盖或者删去（个人信息保护法第二十八条）' },
  'disability-number': { label: '残疾人证号', severity: 'block', advice: '含有身份证号码，请遮盖或者删去' },
  'bank-card': { label: '银行卡号', severity: 'block', advice: '个人的请遮盖或者删去；单位收款账户由他人写明依据放行' },
  'account-number': { label: '疑为银行账号', severity: 'warn', advice: '个人的请遮盖或者删去；单位收款账户确认即可' },
  mobile: { label: '手机号码', severity: 'block', advice: '个人的请删去，改写办公电话；公布的值班手机由他人写明依据放行' },
  home: { label: '住址', severity: 'block', advice: '写到单元、门牌的住址能认出个人，请写到路或者小区为止' },
  room: { label: '门牌号', severity: 'warn', advice: '是办公地点的确认即可；是住址的，写到路或者小区为止' },
  plate: { label: '车牌号码', severity: 'block', advice: '能认出个人的请遮盖；公务用车由他人写明依据放行' },
  'old-id-number': { label: '疑为十五位身份证号码', severity: 'warn', advice: '是的请遮盖或者删去' },
  passport: { label: '护照、通行证号码', severity: 'block', advice: '请遮盖或者删去' },
  medical: { label: '病历、住院号', severity: 'block', advice: '健康信息属于敏感个人信息，请删去（个人信息保护法第二十八条）' },
  'medical-words': { label: '疑为个人的病情', severity: 'warn', advice: '写的是某个人的病情的，请删去' },
  contact: { label: '个人的微信号、邮箱', severity: 'warn', advice: '请改用单位的联系方式；确是公布的渠道，确认即可' },
  'home-phone': { label: '住宅电话', severity: 'warn', advice: '是个人的请删去，改写办公电话' },
  'own-code': { label: '本机关的统一社会信用代码', severity: 'note', advice: '是本机关的代码，不是个人信息，可以公开' },
  'credit-code': { label: '统一社会信用代码', severity: 'note', advice: '是单位的代码，不是个人信息；请核对有没有写错单位' },
  'office-phone': { label: '固定电话', severity: 'note', advice: '办公电话不是个人信息，可以公开；请核对号码仍在使用' },
  word: { label: '用词', severity: 'warn', advice: '请核对' },
  punctuation: { label: '标点', severity: 'note', advice: '请核对' },
  'no-content': { label: '没有内容', severity: 'warn', advice: '没有正文也没有附件，公众只看得到标题与概述' },
  'no-summary': { label: '没有内容概述', severity: 'warn', advice: '公开目录须有内容概述（条例第十二条），请补上' },
  'formed-ahead': { label: '形成之日', severity: 'block', advice: '形成之日晚于今日，请改正', mendOnly: true },
  'picture-alt': { label: '图片没有文字说明', severity: 'warn', advice: '看不见图的人要靠文字说明，请补上' },
  'picture-unread': { label: '图片里的字查不出', severity: 'warn', advice: '请打开看过，没有证件、签名、人脸之类不该公开的' },
  'file-unreadable': { label: '文件的字读不出', severity: 'warn', advice: '请打开看过：没有不该公开的内容，公众打得开' },
  'file-cut': { label: '文件太长，只查了前面一部分', severity: 'warn', advice: '后面的请自己看过' },
  'file-hidden': { label: '文件里另有看不见的内容', severity: 'block', advice: '请去掉之后重新上传：接受或者拒绝修订，删去批注与隐藏的内容，盖住的字从底下删去；确须保留的，由他人写明依据放行' },
  'file-properties': { label: '文件的属性', severity: 'note', advice: '属性里可能有作者、单位；不愿公开的，去掉之后重新上传' },
  'file-not-inspected': { label: '没有查有没有看不见的内容', severity: 'warn', advice: '这份文件查不了修订、批注、隐藏的内容，请自己看过' },
  'file-waiting': { label: '文件还在查', severity: 'block', advice: '文件较大，查好之后再预检一次', mendOnly: true },
} as const satisfies Record<string, Rule>
export type RuleName = keyof typeof RULES
export const ruleOf = (name: RuleName): Rule => RULES[name]

/** 一段文字里的一处。 */
export interface Found {
  rule: RuleName
  /** 在所查文字（`toPlain` 之后）里的起、止 */
  from: number
  to: number
  /** 个人信息的，遮盖后的写法；不是个人信息的不写 */
  masked?: string
  /** 词表里的词 */
  word?: { wrong: string; right: string; note: string; severity: Severity }
}

/** 一处的所在与原句；个人信息已遮盖。 */
export interface Sample {
  /** 如「第 3 段」 */
  at: string
  excerpt: string
}

/** 同一处所在、同一条规则的命中，作一条；存库与显示都用它。 */
export interface Hit {
  /** 确认、放行所指 */
  key: string
  rule: RuleName
  severity: Severity
  /** 如「标题」「正文」「附件：名单.xlsx」 */
  place: string
  /** 几处 */
  count: number
  /** 至多前几处 */
  samples: readonly Sample[]
  /** 这一条另要说的，如应当写作什么 */
  said: string | null
}

/** 规则改了就改它：旧的预检随之作废。 */
export const RULES_EDITION = 'r1'
