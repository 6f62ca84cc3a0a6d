/**
 * Keys seen in objects so far, by their order: objects of one JSON text tend to have the same keys in the same order,
 * so the next key can be guessed, compared in place instead of read, and the dicts can share their arrays of keys.
 */

/** Dicts of up to this many string keys can share them. */
const SHARED_KEYS = 8;
const MAX_NODES = 2000;

export class KeyNode {
  /** The keys from the first to this one; null when they repeat or are too many to be shared. */
  readonly names: readonly string[] | null;
  /** The node that followed last time. */
  likely: KeyNode | null = null;
  /** Keys with escapes look different in the text. */
  private readonly canBeLikely: boolean;
  private children: Map<string, KeyNode> | null = null;

  constructor(
    private readonly trie: KeyTrie,
    readonly key: string,
    parent: KeyNode | null,
  ) {
    if (parent === null) this.names = [];
    else if (parent.names === null || parent.names.length >= SHARED_KEYS || parent.names.includes(key))
      this.names = null;
    else this.names = [...parent.names, key];
    this.canBeLikely = this.names !== null && !/["\\\x00-\x1f]/.test(key);
  }

  /** The node after `key`; null when the trie has grown enough. */
  follow(key: string): KeyNode | null {
    const known = this.children?.get(key);
    if (known !== undefined) {
      if (known.canBeLikely) this.likely = known;
      return known;
    }
    if (++this.trie.nodes > MAX_NODES) return null;
    const child = new KeyNode(this.trie, key, this);
    this.children ??= new Map();
    this.children.set(key, child);
    if (child.canBeLikely) this.likely = child;
    return child;
  }
}

export class KeyTrie {
  nodes = 0;
  readonly root = new KeyNode(this, "", null);
}
