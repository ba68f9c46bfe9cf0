import { zipSync } from 'fflate'

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64')

const page = (head: string, body: string): string => `<!DOCTYPE html><html><head><meta charset="utf-8">${head}</head><body><div class="nav"><a href="/">首页</a></div>${body}</body></html>`

/** 一个旧网站存下来的样子：列表页、照标签规范的、没有日期的、有附件与图片的、有身份证号的、不是文章的。 */
export const OLD_SITE: Readonly<Record<string, string | Buffer>> = {
  'www.old.gov.cn/index.html': page('<title>首页</title>', '<p>欢迎</p>'),
  'www.old.gov.cn/xxgk/index.html': page('<title>信息公开</title>', `<ul>${[1, 2, 3, 4, 5].map((n) => `<li><a href="/xxgk/${n}.html">第 ${n} 条</a><span>2023-0${n}-10</span></li>`).join('')}</ul>`),
  'www.old.gov.cn/xxgk/1.html': page(
    '<meta name="ArticleTitle" content="2023 年部门预算"><meta name="PubDate" content="2023-02-10 09:30"><title>2023 年部门预算 - 示例网</title>',
    '<div class="TRS_Editor"><p>现将 2023 年部门预算予以公开，收支总额见附件所列各表。</p><p><img src="../img/a.png" alt="收支图"></p><script>alert(1)</script><p><a href="files/ys.csv">预算表</a></p></div>',
  ),
  'www.old.gov.cn/xxgk/files/ys.csv': '科目,金额\n工资福利,100\n',
  'www.old.gov.cn/img/a.png': PNG,
  // 没有写日期，从列表页上找
  'www.old.gov.cn/xxgk/2.html': page('<title>机构职能_示例网</title>', '<h1>机构职能</h1><div id="zoom"><p>负责本区网格化服务管理工作，承担城市运行管理的日常协调。</p></div>'),
  // 正文靠猜、附件不在、标题取自浏览器标签
  'www.old.gov.cn/xxgk/3.html': page('<title>招聘公告 - 示例网</title>', `<div><p>发布时间：2023年3月5日</p></div><div class="x"><p>${'因工作需要，面向社会公开招聘网格员若干名，报名者须具备相应的条件。'.repeat(3)}</p><a href="files/none.docx">报名表</a></div>`),
  'www.old.gov.cn/xxgk/4.html': page('<meta name="ArticleTitle" content="录用名单（11010519491231002X）"><meta name="PubDate" content="2023-04-10">', '<div class="content"><p>张某，身份证号 11010519491231002X，拟录用为网格员，公示七日。</p></div>'),
  'www.old.gov.cn/xxgk/5.html': page('<meta name="ArticleTitle" content="将来的"><meta name="PubDate" content="2030-04-10">', '<div class="content"><p>这一条的日期晚于今日，写错了的，不能照它导入。</p></div>'),
  'www.old.gov.cn/xxgk/empty.html': page('<title>空</title>', ''),
}

/** 打成压缩包。 */
export const zipOf = (files: Readonly<Record<string, string | Buffer>>): Buffer =>
  Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([path, content]) => [path, new Uint8Array(Buffer.from(content))]))))

export const OLD_PROFILE = { origin: 'http://www.old.gov.cn', code: 'A20_07', title: '', date: '', body: '', docNo: '' } as const
