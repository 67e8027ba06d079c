import type { ComposeStatus } from '#lib/compose/preview'

/** What every dialog of Compose gets. */
export interface ComposeDialogProps {
  project: string
  status: ComposeStatus
  onClose: () => void
}
