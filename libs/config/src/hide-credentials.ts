/** A text for people to read, its URLs without their passwords. */
export function hideCredentials(text: string): string {
  return text.replace(/(:\/\/[^\s:@/]*):[^\s/]*@/g, '$1:***@')
}
