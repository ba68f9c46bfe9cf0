import type { Filing } from './filing.ts'

interface Facts {
  filing: Filing
  base: string
  mayReview: boolean
  mayFile: boolean
  /** 是报来这一份的人自己：不能审自己的 */
  isFiler: boolean
  /** 依法应报 */
  owes: boolean
  reportHref: string | null
  /** 系统里的报告已签发、公布，不再上传 */
  signedHere: boolean
}

interface Step {
  what: string
  links: { label: string; href: string; post?: boolean }[]
}

/** 现在该做什么，此人能办哪几件。 */
export const nextForFiling = (facts: Facts): Step => (facts.mayReview ? officeStep(facts) : bodyStep(facts))

function officeStep({ filing, base, isFiler, owes }: Facts): Step {
  const allow = filing.errorsAllowed === null ? [{ label: '准许带错报送', href: `${base}/allow` }] : []
  const excepting = filing.round > 0 ? [] : filing.exception !== null ? [{ label: filing.exception.kind === 'exempt' ? '撤销免报' : '撤销加报', href: `${base}/restore` }] : owes ? [{ label: '免报', href: `${base}/exempt` }] : [{ label: '加报', href: `${base}/add` }]
  // 办完一份，接着办下一份
  const waiting = { label: '其余待审核的', href: `/desk/filings/${filing.year}?status=filed` }
  switch (filing.status) {
    case 'none':
      return {
        what: filing.exception?.kind === 'exempt' ? '已定为免报。' : owes || filing.exception?.kind === 'added' ? '还没有报来。' : '依条例第四十九条不必报。',
        links: [...(owes && filing.exception === null ? [{ label: '催报', href: `${base}/remind`, post: true }] : []), ...excepting, ...(owes ? allow : [])],
      }
    case 'filed':
      return isFiler
        ? { what: '这一份是您报来的，须由别人审核。', links: [] }
        : { what: '请看过内容、自动校核与前后的不同，受理，或者标出有误之处退回。', links: [{ label: '受理', href: `${base}/accept` }, { label: '退回修改', href: `${base}/return` }] }
    case 'returned':
      return { what: '已退回，等机关改了再报。', links: [{ label: '催报', href: `${base}/remind`, post: true }, ...allow, waiting] }
    case 'accepted':
      return { what: '已受理，计入全区的汇总。发现有误仍可退回；全年收齐后一并锁定。', links: [waiting, ...(isFiler ? [] : [{ label: '退回修改', href: `${base}/return` }])] }
    case 'locked':
      return { what: '已锁定。机关要报更正版的，先解锁。', links: [{ label: '解锁', href: `${base}/unlock` }] }
  }
}

function bodyStep({ filing, base, mayFile, reportHref, signedHere }: Facts): Step {
  const upload = mayFile && !signedHere ? [{ label: filing.round === 0 ? '上传报告' : '上传改好的文件', href: `${base}/upload` }] : []
  const report = reportHref === null ? [] : [{ label: '打开年度报告', href: reportHref }]
  const start = reportHref === null && mayFile ? [{ label: '在系统里编制', href: '/desk/reports' }] : []
  const publication = mayFile && filing.source === 'upload' ? [{ label: filing.publishedUrl === null ? '补记公布的网址' : '改公布的网址', href: `${base}/publication` }] : []
  switch (filing.status) {
    case 'none':
      if (filing.exception?.kind === 'exempt') return { what: '区政务公开办定为免报。', links: report }
      return { what: '在系统里编制的，签发之后报送；已有定稿的文件，上传报送。', links: [...report, ...start, ...upload] }
    case 'filed':
      return { what: '已报来，等区政务公开办审核。', links: [...report, ...publication] }
    case 'returned':
      return {
        what: filing.source === 'system' ? '退回修改：照意见改记录、改正文，重新校核、审查、签发，再报送。已经公布的，另起更正版。' : '退回修改：改好文件，重新上传报送。',
        links: [...(filing.source === 'system' ? report : upload), ...(filing.source === 'system' ? [] : report), ...publication],
      }
    case 'accepted':
      return { what: '已受理。', links: [...report, ...publication] }
    case 'locked':
      return { what: '已受理，这一年度已锁定；要报更正版的，请区政务公开办先解锁。', links: [...report, ...publication] }
  }
}
