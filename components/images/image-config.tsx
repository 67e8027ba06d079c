import type { ReactNode } from 'react'
import { Fact, Facts, Section } from '#components/ui/facts'
import { KeyValues } from '#components/ui/key-values'
import { RelativeTime } from '#components/ui/relative-time'
import type { ImageDetail } from '#lib/docker/images/image-detail'
import { formatCommand } from '#lib/docker/command'

/** What a container of this image runs with when nobody says otherwise. */
export function ImageConfigFacts({ detail }: { detail: ImageDetail }) {
  const { config } = detail
  return (
    <div className="grid gap-x-10 gap-y-7 @[60rem]/body:grid-cols-2">
      <Section title="Runs">
        <Facts>
          <Fact name="Entrypoint" isMono>
            {orNone(formatCommand(config.entrypoint))}
          </Fact>
          <Fact name="Command" isMono>
            {orNone(formatCommand(config.command))}
          </Fact>
          <Fact name="User" isMono>
            {config.user || <span className="font-sans text-warn">root</span>}
          </Fact>
          <Fact name="Folder" isMono>
            {config.workingDir || '/'}
          </Fact>
          <Fact name="Ports" isMono>
            {orNone(config.ports.join(', '))}
          </Fact>
          <Fact name="Volumes" isMono>
            {orNone(config.volumes.join(', '))}
          </Fact>
          <Fact name="Health check" isMono>
            {orNone(config.healthcheck)}
          </Fact>
          {config.stopSignal ? (
            <Fact name="Stop signal" isMono>
              {config.stopSignal}
            </Fact>
          ) : null}
        </Facts>
      </Section>
      <Section title="Image">
        <Facts>
          <Fact name="Id" isMono>
            {detail.id}
          </Fact>
          {detail.digests.map((digest) => (
            <Fact key={digest} name="Digest" isMono>
              {digest}
            </Fact>
          ))}
          <Fact name="Platform">{detail.platform}</Fact>
          <Fact name="Built">
            <RelativeTime atMs={detail.createdAtMs} />
          </Fact>
          {detail.author ? <Fact name="Author">{detail.author}</Fact> : null}
          {detail.comment ? <Fact name="Comment">{detail.comment}</Fact> : null}
        </Facts>
      </Section>
      <Section title="Environment">
        <KeyValues
          values={Object.fromEntries(config.environment.map(({ name, value }) => [name, value]))}
          empty="None."
        />
        {config.environment.some(({ isMasked }) => isMasked) ? (
          <p className="mt-2 text-xs text-faint">
            Secrets are hidden here, but whoever has this image can read them: pass them when it runs instead.
          </p>
        ) : null}
      </Section>
      <Section title="Labels">
        <KeyValues values={config.labels} empty="None." />
      </Section>
    </div>
  )
}

function orNone(text: string): ReactNode {
  return text === '' ? <span className="font-sans text-faint">none</span> : text
}
