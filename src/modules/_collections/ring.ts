/** A growing ring of values: constant time at both ends and by index. What a deque keeps its items in. */
import type { Value } from "../../objects/core.ts";

export class Ring {
  length = 0;
  private slots: (Value | undefined)[] = new Array<Value | undefined>(8).fill(undefined);
  private head = 0;

  at(index: number): Value {
    return this.slots[(this.head + index) & (this.slots.length - 1)] as Value;
  }
  put(index: number, value: Value): void {
    this.slots[(this.head + index) & (this.slots.length - 1)] = value;
  }

  push(value: Value): void {
    if (this.length === this.slots.length) this.grow();
    this.slots[(this.head + this.length++) & (this.slots.length - 1)] = value;
  }
  unshift(value: Value): void {
    if (this.length === this.slots.length) this.grow();
    this.head = (this.head - 1) & (this.slots.length - 1);
    this.slots[this.head] = value;
    this.length++;
  }
  /** The last value, taken out; the ring must not be empty. */
  pop(): Value {
    const slot = (this.head + --this.length) & (this.slots.length - 1);
    const value = this.slots[slot] as Value;
    this.slots[slot] = undefined;
    return value;
  }
  /** The first value, taken out; the ring must not be empty. */
  shift(): Value {
    const value = this.slots[this.head] as Value;
    this.slots[this.head] = undefined;
    this.head = (this.head + 1) & (this.slots.length - 1);
    this.length--;
    return value;
  }

  /** Moves `n` values from the end to the front (from the front to the end when negative). */
  rotate(n: number): void {
    if (this.length < 2) return;
    let steps = n % this.length;
    if (steps > this.length >> 1) steps -= this.length;
    else if (steps < -(this.length >> 1)) steps += this.length;
    for (; steps > 0; steps--) this.unshift(this.pop());
    for (; steps < 0; steps++) this.push(this.shift());
  }

  toArray(): Value[] {
    const values: Value[] = [];
    for (let i = 0; i < this.length; i++) values.push(this.at(i));
    return values;
  }

  /** Becomes the ring of `values`. */
  fill(values: readonly Value[]): void {
    this.clear();
    for (const value of values) this.push(value);
  }

  clear(): void {
    this.slots = new Array<Value | undefined>(8).fill(undefined);
    this.head = 0;
    this.length = 0;
  }

  private grow(): void {
    const values: (Value | undefined)[] = this.toArray();
    const { length } = values;
    for (let i = 0; i < length; i++) values.push(undefined);
    this.slots = values;
    this.head = 0;
  }
}
