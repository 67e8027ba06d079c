'use client'

import { type ReactNode, useState } from 'react'
import { CheckField } from '#components/ui/checkbox'
import { FormDialog } from '#components/ui/form-dialog'
import type { ComposeStatus } from '#lib/compose/preview'
import type { BuildRequest, ComposeAction, PullRequest } from '#lib/compose/request'
import { standardBuild, standardPull } from '#lib/compose/standard-options'
import type { ComposeDialogProps } from './dialog-props.tsx'
import { activeServices, BuildContexts, NameChoice, ProfileChoice } from './option-fields.tsx'
import { useStart } from '../use-start.tsx'

/** `docker compose build`: which services, with or without the cache. */
export function BuildDialog({ services, ...props }: ComposeDialogProps & { services: string[] }) {
  const [request, setRequest] = useState(() => ({
    ...standardBuild,
    services,
    profiles: props.status.activeProfiles,
  }))
  return (
    <ImagesDialog
      {...props}
      verb="Build"
      action={{ verb: 'build', ...request }}
      request={request}
      isOffered={({ isBuilt }) => isBuilt}
      onChange={(change) => setRequest({ ...request, ...change })}
    >
      <CheckField
        label="Without the cache"
        hint="Every step again: slow, for steps that fetch something new."
        isChecked={request.isUncached}
        onChange={(isUncached) => setRequest({ ...request, isUncached })}
      />
      <CheckField
        label="Look for newer base images"
        isChecked={request.isPulled}
        onChange={(isPulled) => setRequest({ ...request, isPulled })}
      />
    </ImagesDialog>
  )
}

/** `docker compose pull`. */
export function PullDialog({ services, ...props }: ComposeDialogProps & { services: string[] }) {
  const [request, setRequest] = useState(() => ({
    ...standardPull,
    services,
    profiles: props.status.activeProfiles,
  }))
  return (
    <ImagesDialog
      {...props}
      verb="Pull"
      action={{ verb: 'pull', ...request }}
      request={request}
      isOffered={() => true}
      onChange={(change) => setRequest({ ...request, ...change })}
    />
  )
}

interface ImagesDialogProps extends ComposeDialogProps {
  verb: 'Build' | 'Pull'
  action: ComposeAction
  request: BuildRequest | PullRequest
  isOffered: (service: ComposeStatus['services'][number]) => boolean
  onChange: (change: { services?: string[]; profiles?: string[] }) => void
  children?: ReactNode
}

/** What building and pulling have in common: which services, of which profiles. */
function ImagesDialog({
  project,
  status,
  onClose,
  verb,
  action,
  request,
  isOffered,
  onChange,
  children,
}: ImagesDialogProps) {
  const { commandOf, start } = useStart(project, status)
  return (
    <FormDialog
      title={`${verb} the images of ${project}`}
      description="Containers go on with the image they have: run Up afterwards to replace them."
      width="wide"
      submitLabel={verb}
      commands={[commandOf(action)]}
      onClose={onClose}
      check={() => true}
      onSubmit={() => start(action)}
    >
      {children}
      <ProfileChoice
        status={status}
        chosen={request.profiles}
        onChange={(profiles) => onChange({ profiles })}
      />
      <NameChoice
        label="Only these services (none chosen: all)"
        names={activeServices(status, request.profiles)
          .filter(isOffered)
          .map(({ name }) => name)}
        chosen={request.services}
        onChange={(services) => onChange({ services })}
      />
      {verb === 'Build' ? <BuildContexts project={project} status={status} request={request} /> : null}
    </FormDialog>
  )
}
