import type { LinkItem } from '../platform/html/index.ts'

/** 本站办事、查看的页与人们找它时的写法：检索只查公开的信息，找的是本站一页的由此指路。 */
const PAGES: readonly (LinkItem & { words: RegExp })[] = [
  { label: '投诉与反映', href: '/complain', note: '没有依法公开、没有依法答复的，在这里提出，可以匿名', words: /投诉|举报|信访|监督信箱|反映(?:问题|情况)|^反映$/u },
  { label: '查询投诉与反映', href: '/complain/track', note: '凭登记号与查询码', words: /(?:投诉|举报|反映).*(?:进度|查询|结果|答复|到哪)|查.*(?:投诉|举报)/u },
  { label: '投诉与反映的办理', href: '/supervision', note: '各年收到多少、按期答复多少', words: /监督(?:统计|保障)|投诉.*(?:统计|多少)/u },
  { label: '政务公开责任考核', href: '/supervision/assessments', note: '各年度的结果', words: /考核|考评/u },
  { label: '年度报告', href: '/annual-reports', note: '各年度已公布的报告，与何时报送、谁迟了的登记簿', words: /年报|年度报告|迟报|漏报|报送|登记簿/u },
  { label: '比较两份年度报告', href: '/check/difference', note: '逐格、逐句列出不同', words: /(?:比较|对比|比对|不同|雷同).*(?:年报|报告)|(?:年报|报告).*(?:比较|对比|比对|不同|雷同)/u },
  { label: '查询申请进度', href: '/applications/track', note: '凭登记号与查询码；补正、撤回也在这里', words: /申请.*(?:进度|到哪|查询)|查.*申请|查询码/u },
  { label: '订阅', href: '/subscribe', note: '有新公开的，发邮件告诉您', words: /订阅|RSS/iu },
]

const MOST = 3

/** 所写的像是在找本站的哪几页，至多三页；写得长的是找文件，不指。 */
export const sitePages = (q: string): LinkItem[] =>
  q.length > LONGEST ? [] : PAGES.filter(({ words }) => words.test(q)).slice(0, MOST).map(({ label, href, note }) => ({ label, href, note }))

const LONGEST = 16
