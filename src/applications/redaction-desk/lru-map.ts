/** 近来用过的若干个；正在做的与做好的都在，做不成的不留。 */
export class LruMap<K, V extends Promise<unknown>> {
  readonly #most: number
  readonly #kept = new Map<K, V>()
  constructor(most: number) {
    this.#most = most
  }

  /** 有则给出，没有则做；满了去掉最久不用的。 */
  get(key: K, make: () => V): V {
    const found = this.#kept.get(key) ?? make()
    this.#kept.delete(key)
    this.#kept.set(key, found)
    found.catch(() => this.#kept.delete(key))
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > this.#most && oldest !== undefined) this.#kept.delete(oldest)
    return found
  }
}
