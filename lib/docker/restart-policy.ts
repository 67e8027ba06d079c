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
