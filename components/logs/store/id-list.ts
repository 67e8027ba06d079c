/** A list of line ids that grows at the end, and loses at the front, without copying a million of them each time. */
export class IdList {
  #array = new Uint32Array(4096)
  #start = 0
  #end = 0

  get length(): number {
    return this.#end - this.#start
  }

  at(position: number): number {
    return this.#array[this.#start + position] ?? 0
  }

  push(id: number): void {
    if (this.#end === this.#array.length) this.#make(this.length * 2 + 4096)
    this.#array[this.#end] = id
    this.#end += 1
  }

  insert(position: number, id: number): void {
    this.push(id)
    const at = this.#start + position
    this.#array.copyWithin(at + 1, at, this.#end - 1)
    this.#array[at] = id
  }

  remove(position: number): void {
    this.#array.copyWithin(this.#start + position, this.#start + position + 1, this.#end)
    this.#end -= 1
  }

  /** Puts `ids` in the place of `removedCount` ids from `position` on. */
  splice(position: number, removedCount: number, ids: readonly number[]): void {
    const growth = ids.length - removedCount
    if (this.#end + growth > this.#array.length) this.#make((this.length + ids.length) * 2)
    const at = this.#start + position
    this.#array.copyWithin(at + ids.length, at + removedCount, this.#end)
    this.#array.set(ids, at)
    this.#end += growth
  }

  /** Forgets this many at the front. */
  dropFirst(count: number): void {
    this.#start += count
  }

  replace(array: Uint32Array<ArrayBuffer>, length: number): void {
    this.#array = array
    this.#start = 0
    this.#end = length
  }

  clear(): void {
    this.replace(new Uint32Array(4096), 0)
  }

  /** -1 where it is not there. */
  indexOf(id: number): number {
    return this.#array.subarray(this.#start, this.#end).indexOf(id)
  }

  #make(capacity: number): void {
    const array = new Uint32Array(capacity)
    array.set(this.#array.subarray(this.#start, this.#end))
    this.replace(array, this.length)
  }
}
