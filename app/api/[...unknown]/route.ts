import { CodedError } from '#lib/api/errors'
import { handle } from '#server/http/handle'

/** Programs that mistyped an address get the words and the form of every other error, not a page. */
const answer = handle<{ unknown: string[] }>(
  { role: 'anonymous', unaudited: 'there is nothing here to change' },
  () => {
    throw new CodedError('not_found', 'The API has nothing at this address.', {
      hint: 'docs/openapi.json lists what there is.',
    })
  },
)

export { answer as GET, answer as POST, answer as PUT, answer as PATCH, answer as DELETE }
