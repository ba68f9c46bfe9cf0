import { expect, test } from 'vitest'
import { ROLES } from './actor.ts'
import type { Actor, Role } from './actor.ts'
import { PERMISSIONS, can, conflictingRoles, reachOf, requirePermission } from './permissions.ts'
import type { Permit } from './permissions.ts'

// 每格：o 本机构可以，d 全区可以，. 不可以。列的次序见 COLUMNS。有意不从代码推出：改权限须改两处。
const COLUMNS: Role[] = [
  'handler', 'unit-head', 'disclosure-officer', 'disclosure-head', 'secrecy-reviewer', 'leader',
  'publisher', 'archivist', 'district-office', 'system-admin', 'security-admin', 'auditor',
]
const MATRIX: Record<Permit, string> = {
  'body.read':              'o o o o o o o o d d d .',
  'body.manage':            '. . . . . . . . d d . .',
  'setting.manage':         '. . . o . . . . d . . .',
  'letter.word':            '. . . o . . . . . . . .',
  'search.word':            '. . . . . . . . d . . .',
  'calendar.load':          '. . . . . . . . d d . .',
  'account.read':           '. . . . . . . . . d d .',
  'account.create':         '. . . . . . . . . d . .',
  'account.disable':        '. . . . . . . . . d . .',
  'account.reset-password': '. . . . . . . . . d . .',
  'role.grant':             '. . . . . . . . . . d .',
  'delegation.read':        '. . . o . . . . . . d .',
  'delegation.end':         '. . . . . . . . . . d .',
  'session.revoke':         '. . . . . . . . . d d .',
  'api-system.read':        '. . . o . . . . . d d d',
  'api-system.manage':      '. . . . . . . . . d . .',
  'api-system.grant':       '. . . . . . . . . . d .',
  'api-system.revoke':      '. . . . . . . . . d d .',
  'audit.read':             '. . . . . . . . . . . d',
  'metrics.read':           '. . . . . . . . . d . .',
  'ledger.import':          '. . o o . . . . . . . .',
  'application.read':       'o o o o . o . o d . . .',
  'application.handle':     'o . o o . . . . . . . .',
  'application.endorse':    '. o . o . o . . . . . .',
  'application.approve':    '. . . o . o . . . . . .',
  'archive.read':           'o . o o . o . o . . . .',
  'archive.keep':           'o . o o . . . o . . . .',
  'archive.appraise':       '. . . . . . . o . . . .',
  'archive.approve':        '. . . o . o . . . . . .',
  'rating.read':            '. . o o . . . . . . . .',
  'item.read':              'o o o o o o o o d . . .',
  'item.handle':            'o . o o . . . . . . . .',
  'item.check':             '. o . o . o . . . . . .',
  'item.secrecy-review':    '. . . . o . . . . . . .',
  'item.approve':           '. . . o . o . . . . . .',
  'item.publish':           '. . . . . . o . . . . .',
  'item.withdraw':          '. . . o . o . . . . . .',
  'review.read':            'o o o o . o . o d . . .',
  'review.handle':          'o . o o . . . . . . . .',
  'review.approve':         '. . . o . o . . . . . .',
  'complaint.read':         'o o o o . o . . d . . .',
  'complaint.handle':       'o . o o . . . . o . . .',
  'complaint.decide':       '. . . o . o . . o . . .',
  'complaint.identity':     '. . o o . . . . o . . .',
  'personal-data.read':     'o . o o . . . o . . . .',
  'report.read':            'o o o o o o o o d . . .',
  'report.draft':           '. . o o . . . . . . . .',
  'report.check':           '. . o o . . . . . . . .',
  'report.waive':           '. . o o . . . . . . . .',
  'report.secrecy-review':  '. . . . o . . . . . . .',
  'report.sign':            '. . . . . o . . . . . .',
  'report.return':          '. . . o o o . . . . . .',
  'report.file':            '. . o o . . . . . . . .',
  'report.publish':         '. . . . . . o . . . . .',
  'report.correct':         '. . . o . . . . . . . .',
  'filing.review':          '. . . . . . . . d . . .',
  'report.roll-up':         '. . . . . . . . d . . .',
  'safeguard.read':         'o o o o o o o o d . . .',
  'safeguard.handle':       '. . o o . . . . o . . .',
  'training.take':          'o o o o o o o o o . . .',
  'assessment.read':        'o o o o o o o o d . . .',
  'assessment.fill':        '. . o o . . . . . . . .',
  'assessment.answer':      '. . . o . o . . . . . .',
  'assessment.manage':      '. . . . . . . . d . . .',
  'accountability.read':    '. . o o . o . . d . . .',
  'accountability.answer':  '. . . o . o . . . . . .',
  'accountability.manage':  '. . . . . . . . d . . .',
  'export.data':            '. . o o . . . o d . . .',
}

const holding = (...roles: Role[]): Actor => ({ kind: 'account', accountId: 'a', name: '某', bodyId: 'own', roles })

test('every role × action × body, cell by cell', () => {
  expect(COLUMNS.toSorted()).toEqual(Object.keys(ROLES).toSorted())
  expect(Object.keys(MATRIX).toSorted()).toEqual(Object.keys(PERMISSIONS).toSorted())
  for (const [permit, line] of Object.entries(MATRIX) as [Permit, string][]) {
    const cells = line.split(' ')
    expect(cells).toHaveLength(COLUMNS.length)
    COLUMNS.forEach((role, i) => {
      const seen = [can(holding(role), permit, 'own'), can(holding(role), permit, 'other'), can(holding(role), permit)]
      const expected = { o: [true, false, true], d: [true, true, true], '.': [false, false, false] }[cells[i] ?? '']
      expect({ permit, role, seen }).toEqual({ permit, role, seen: expected })
    })
  }
})

test('several roles add up, nobody and no role may do nothing, the system may do anything', () => {
  const both = holding('publisher', 'leader')
  expect([can(both, 'report.sign'), can(both, 'report.publish'), can(both, 'report.draft')]).toEqual([true, true, false])
  for (const permit of Object.keys(PERMISSIONS) as Permit[]) {
    expect(can(null, permit, 'own')).toBe(false)
    expect(can(holding(), permit, 'own')).toBe(false)
    expect(can({ kind: 'system', name: 'job' }, permit, 'own')).toBe(true)
  }
})

test('requirePermission names the action in the words of the table', () => {
  expect(() => requirePermission(holding('handler'), 'report.sign')).toThrow('签发年度报告')
  expect(() => requirePermission(holding('leader'), 'report.sign', 'other')).toThrow('签发年度报告')
})

test('a system may do what its scopes say, in its own body only', () => {
  const hall: Actor = { kind: 'api', systemId: 's', name: '大厅', bodyId: 'own', scopes: ['applications:read'] }
  expect([can(hall, 'application.read', 'own'), can(hall, 'application.read', 'other'), can(hall, 'application.handle', 'own'), can(hall, 'personal-data.read', 'own')]).toEqual([true, false, false, false])
  const granted = (scopes: (typeof hall)['scopes']) => (Object.keys(PERMISSIONS) as Permit[]).filter((permit) => can({ ...hall, scopes }, permit, 'own'))
  expect(granted([])).toEqual([])
  expect(granted(['applications:submit', 'applications:read', 'applications:act', 'letters:read', 'personal-data:read']).toSorted()).toEqual(['application.handle', 'application.read', 'personal-data.read'])
  expect([reachOf(hall, 'application.read'), reachOf(hall, 'report.read')]).toEqual(['own', 'none'])
})

test('reach narrows lists', () => {
  expect(reachOf(holding('district-office'), 'report.read')).toBe('district')
  expect(reachOf(holding('handler'), 'report.read')).toBe('own')
  expect(reachOf(holding('auditor'), 'report.read')).toBe('none')
})

test('the three administrators exclude one another', () => {
  expect(conflictingRoles(['system-admin', 'auditor'])).toEqual(['system-admin', 'auditor'])
  expect(conflictingRoles(['security-admin', 'handler', 'auditor'])).toEqual(['security-admin', 'auditor'])
  expect(conflictingRoles(['system-admin', 'security-admin'])).toEqual(['system-admin', 'security-admin'])
  expect(conflictingRoles(['system-admin', 'handler', 'publisher'])).toBeNull()
})
