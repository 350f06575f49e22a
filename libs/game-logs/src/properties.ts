/** `(key "value")`, `(key value)`; a bare `(key)` has the value '1'. A repeated key keeps its last value. */
export type Properties = Readonly<Record<string, string>>
