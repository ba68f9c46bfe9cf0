import { saveSuggestionCounts } from '../src/applications/testing.ts'
import type { Deps } from '../src/platform/deps.ts'
import { workingDaysOf } from './days.ts'
import type { ExampleBody } from './example-bodies.ts'
import { seeded } from './random.ts'

/** 申请前的提示：启用一年来每隔几日有人被提示，约三成因此不用申请。 */
export async function loadExampleSuggestions(deps: Deps, bodies: readonly ExampleBody[]): Promise<void> {
  const random = seeded(20250202)
  const rows = bodies
    .filter(({ abolishedOn }) => abolishedOn === null)
    .flatMap(({ bodyId }) =>
      workingDaysOf(2025).filter(() => random.below(6) === 0).map((day) => {
        const shown = random.between(1, 4)
        const opened = random.between(0, shown + 1)
        return { body_id: bodyId, day, shown, opened, helped: Math.min(opened, random.below(3) === 0 ? 1 : 0, shown) }
      }),
    )
  await saveSuggestionCounts(deps.db, rows)
}
