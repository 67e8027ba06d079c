import { Minus, Play, Plus, RefreshCw, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Preflight, UpPreview } from '#lib/compose/preview'
import type { PlannedChange } from '#lib/compose/plan'
import { cx } from '#lib/format/cx'
import { ChangeList } from './change-list.tsx'

const marks = { create: Plus, recreate: RefreshCw, restart: RotateCw, start: Play, remove: Minus } as const
const words = {
  create: 'create',
  recreate: 'recreate',
  restart: 'restart',
  start: 'start',
  remove: 'remove',
} as const
type Shown = keyof typeof marks

const isShown = (change: PlannedChange): change is Shown => change in marks

/** What `up` would do, object by object, with the settings that are the reason; what stays as it is is one line. */
export function UpPlan({ preview, isForced }: { preview: UpPreview; isForced: boolean }) {
  const moving = preview.containers.filter(({ change }) => change !== 'unchanged')
  const still = preview.containers.length - moving.length
  const isNew = (service: string) =>
    moving.some((each) => each.service === service && each.change === 'create')
  const isNothing =
    moving.length + preview.images.length + preview.volumes.length === 0 &&
    preview.networks.length + preview.replacedNetworks.length === 0
  return (
    <div className="grid gap-2">
      <Problems list={preview.preflight} warnings={preview.warnings} />
      <ul aria-label="What would happen" className="grid gap-px">
        {preview.images.map(({ service, change }) => (
          <Line key={`image ${service}`} icon={RefreshCw} verb={change}>
            the image of {service}
            {change === 'build' && !isNew(service) ? (
              <Reason>its container is recreated if the image comes out different</Reason>
            ) : null}
          </Line>
        ))}
        {preview.networks.map((name) => (
          <Line key={`network ${name}`} icon={Plus} verb="create">
            <span className="text-muted">network</span> {name}
          </Line>
        ))}
        {preview.replacedNetworks.map((name) => (
          <Line key={`network ${name}`} icon={RefreshCw} verb="recreate" isLoud>
            <span className="text-muted">network</span> {name}
            <Reason>its definition changed; what is in it stops, and starts again</Reason>
          </Line>
        ))}
        {preview.volumes.map((name) => (
          <Line key={`volume ${name}`} icon={Plus} verb="create">
            <span className="text-muted">volume</span> {name}
          </Line>
        ))}
        {moving.map(({ name, change, changes }) =>
          isShown(change) ? (
            <Line
              key={name}
              icon={marks[change]}
              verb={words[change]}
              isLoud={change !== 'create' && change !== 'start'}
            >
              {name}
              {changes.length > 0 ? <ChangeList changes={changes} /> : null}
              {change === 'recreate' && changes.length === 0 ? (
                <Reason>
                  {isForced
                    ? 'because you ask for it'
                    : 'Compose sees a difference that leaves no trace on a container: a hook, a platform, a config or secret that is not a file'}
                </Reason>
              ) : null}
            </Line>
          ) : null,
        )}
      </ul>
      {isNothing ? <p className="text-muted">Nothing: all of it runs as the files say.</p> : null}
      {still > 0 && !isNothing ? (
        <p className="text-xs text-faint">
          {still} {still === 1 ? 'container stays' : 'containers stay'} as{' '}
          {still === 1 ? 'it is' : 'they are'}.
        </p>
      ) : null}
    </div>
  )
}

function Line({
  icon: Icon,
  verb,
  isLoud = false,
  children,
}: {
  icon: typeof Plus
  verb: string
  isLoud?: boolean
  children: ReactNode
}) {
  return (
    <li className="flex gap-2.5 py-0.5">
      <Icon
        aria-hidden
        className={cx('mt-[3px] size-3.5 shrink-0', isLoud ? 'text-warn' : 'text-muted')}
        strokeWidth={2}
      />
      <span className={cx('w-[8ch] shrink-0', isLoud ? 'text-warn' : 'text-muted')}>{verb}</span>
      <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{children}</span>
    </li>
  )
}

function Reason({ children }: { children: ReactNode }) {
  return <span className="block text-xs text-faint">{children}</span>
}

/** What would stop it, or surprise, before it begins. */
function Problems({ list, warnings }: { list: readonly Preflight[]; warnings: readonly string[] }) {
  if (list.length + warnings.length === 0) return null
  return (
    <ul aria-label="Before you begin" className="grid gap-1.5">
      {list.map(({ level, service, text, hint }) => (
        <Problem key={`${service} ${text}`} level={level}>
          <span className="font-medium">{service}:</span> {text} <span className="text-muted">{hint}</span>
        </Problem>
      ))}
      {warnings.map((warning) => (
        <Problem key={warning} level="warns">
          {warning}
        </Problem>
      ))}
    </ul>
  )
}

function Problem({ level, children }: { level: Preflight['level']; children: ReactNode }) {
  return (
    <li
      className={cx(
        'rounded-md border border-line border-l-[3px] bg-panel px-3 py-1.5 [overflow-wrap:anywhere]',
        level === 'stops' ? 'border-l-bad' : 'border-l-warn',
      )}
    >
      {children}
    </li>
  )
}
