import * as v from 'valibot'

/**
 * A value of JSON that has the shape of a schema; `null` for what is no JSON or of another shape. It is the value itself,
 * not a copy: a seal is of a text in its own order.
 */
export function parseAs<T extends v.GenericSchema>(schema: T, text: string): v.InferOutput<T> | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  return v.is(schema, value) ? value : null
}
