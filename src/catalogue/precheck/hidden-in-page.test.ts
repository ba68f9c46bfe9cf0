import { expect, test } from 'vitest'
import { hiddenInPage } from './hidden-in-page.ts'

test('what a browser does not show is told by kind; a plain page has nothing', () => {
  expect(hiddenInPage('<!doctype html><html><head><title>表</title><style>p{}</style></head><body><p>电话 027-88936000</p></body></html>')).toEqual([])
  expect(hiddenInPage('<html><body><!-- 张三 11010519491231002X --><p>名单</p><!-- 二 --></body></html>')).toEqual(['网页的注释 2 处', '源码里的身份证、手机或者银行卡号码 1 处'])
  expect(hiddenInPage('<p>名单</p><script>const rows = ["13800001234"]</script>')).toEqual(['脚本 1 段'])
  expect(hiddenInPage('<p style="display: none">张三</p><b hidden>李四</b><input type="hidden" value="王五"><template><i>赵六</i></template>')).toEqual(['隐藏的元素 4 处'])
  expect(hiddenInPage('<td title="13800001234" style="font-size:0.9em">张三</td>')).toEqual(['源码里的身份证、手机或者银行卡号码 1 处'])
})
