const plain = /^[A-Za-z0-9_@%+:,./-][A-Za-z0-9_@%+=:,./-]*$/
// What means something between double quotes; `!` to a shell at a terminal. Control characters are never there as they are.
const special = /["$`\\!\p{Cc}]/u
const isControl = (code: number): boolean => code < 32 || (code >= 127 && code < 160)

/**
 * One argument as a POSIX shell reads it back to the letter. Plain text stays as it is; anything else goes in single quotes, or in
 * double ones where that needs no escapes and single ones would.
 * Text with control characters (a hostile name) is written in `$'...'`, so that pasting it cannot end the paste or move the cursor.
 */
export function quoteArgument(argument: string): string {
  if (plain.test(argument)) return argument
  const characters = Array.from(argument)
  if (!special.test(argument) && argument.includes("'")) return `"${argument}"`
  if (!characters.some((character) => isControl(character.codePointAt(0) ?? 0)))
    return `'${argument.replaceAll("'", `'\\''`)}'`
  return `$'${characters.map(escapeCharacter).join('')}'`
}

function escapeCharacter(character: string): string {
  if (character === "'" || character === '\\') return `\\${character}`
  if (character === '\n') return '\\n'
  if (character === '\t') return '\\t'
  const code = character.codePointAt(0) ?? 0
  if (!isControl(code)) return character
  // Octal has a fixed length in every shell; characters above 127 are two bytes of UTF-8.
  const bytes = code < 128 ? [code] : [0xc0 | (code >> 6), 0x80 | (code & 63)]
  return bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('')
}

/** An argument list as a line for a shell. */
export function formatCommand(argv: readonly string[]): string {
  return argv.map(quoteArgument).join(' ')
}
