'use client'

import { useSyncExternalStore } from 'react'

/** A value that lives outside React and tells who watches it. */
export class Store<Value> {
  #value: Value
  readonly #listeners = new Set<() => void>()

  constructor(value: Value) {
    this.#value = value
  }

  readonly get = (): Value => this.#value

  readonly set = (value: Value): void => {
    if (Object.is(value, this.#value)) return
    this.#value = value
    for (const listener of this.#listeners) listener()
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}

/** The store's value, or a part of it; renders again only when that part differs. */
export function useStore<Value, Part = Value>(
  store: Store<Value>,
  select: (value: Value) => Part = identity,
): Part {
  const read = () => select(store.get())
  return useSyncExternalStore(store.subscribe, read, read)
}

// The default of `select`: with no selection, Part is Value.
const identity = <Value, Part>(value: Value): Part => value as unknown as Part
