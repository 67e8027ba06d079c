import type { Container } from './container.ts'

/** What a restart policy does, as a person would say it. */
export function restartPolicyWords(policy: Container['restartPolicy']): string {
  switch (policy) {
    case 'no':
      return 'no: stays down when it ends'
    case 'always':
      return 'always: starts again whenever it ends, and with the Engine'
    case 'unless-stopped':
      return 'unless-stopped: starts again until you stop it'
    case 'on-failure':
      return 'on-failure: starts again when it ends with an error'
    default:
      return policy satisfies never
  }
}

/** What a policy of `docker run --restart` means for whoever chooses it; empty text is none. */
export function restartChoiceWords(restart: string): string {
  const [policy = '', count] = restart.split(':')
  switch (policy) {
    case '':
    case 'no':
      return 'Restart policy no: it stays down, also after Docker or the machine starts again.'
    case 'unless-stopped':
      return 'Comes back when it ends and when Docker starts, but not once you have stopped it.'
    case 'always':
      return 'Comes back when it ends. If you stop it, it comes back when Docker starts again.'
    case 'on-failure':
      return `Comes back when its exit code is not 0${count === undefined ? '' : `, ${count} times at most`}; ended well, it stays down.`
    default:
      return 'The restart policy.'
  }
}
