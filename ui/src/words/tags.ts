/** Whether two tags are the same: capitals make no difference. */
export function sameTag(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Drops the tags that repeat an earlier one, whose spelling stays. */
export function distinctTags(tags: readonly string[]): string[] {
  const seen = new Set<string>();
  return tags.filter((tag) => {
    const size = seen.size;
    return seen.add(tag.toLowerCase()).size > size;
  });
}

/** The tags of a text in which commas stand between them. */
export function typedTags(text: string): string[] {
  const parts = text.split(",").map((part) => part.trim());
  return distinctTags(parts.filter((part) => part !== ""));
}
