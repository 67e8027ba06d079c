import { Ajv, type AnySchema } from 'ajv'
import type { FastifyInstance, FastifySchemaValidationError, FastifyTypeProvider } from 'fastify'
import type { FromSchema, JSONSchema } from 'json-schema-to-ts'

/** Types of a route's body, params and query, derived from the very schema that checks them. */
export interface JsonSchemaTypes extends FastifyTypeProvider {
  validator: this['schema'] extends JSONSchema ? FromSchema<this['schema']> : unknown
}

/** Bodies are taken as they are (5 is not "5"); paths and queries are text, so numbers in them are converted. */
export function validateStrictly(app: FastifyInstance): void {
  const exact = new Ajv({ useDefaults: true })
  const converting = new Ajv({ useDefaults: true, coerceTypes: true })
  app.setValidatorCompiler<AnySchema>(({ schema, httpPart }) =>
    (httpPart === 'body' ? exact : converting).compile(schema),
  )
  app.setSchemaErrorFormatter(
    (problems, part) => new Error(problems.map((p) => describe(p, part)).join('; ')),
  )
}

/** For example: body/status must be equal to one of the allowed values (open, doing, done). */
function describe(
  { instancePath, keyword, message, params }: FastifySchemaValidationError,
  part: string,
): string {
  const { additionalProperty, allowedValues } = params
  if (typeof additionalProperty === 'string') return `${part} has an unknown property "${additionalProperty}"`
  // The schemas here use patterns for just this; a regular expression is no message for people.
  if (keyword === 'pattern') return `${part}${instancePath} is blank or contains a NUL character`
  const allowed = Array.isArray(allowedValues) ? ` (${allowedValues.join(', ')})` : ''
  return `${part}${instancePath} ${message ?? 'is not valid'}${allowed}`
}
