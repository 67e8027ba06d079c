'use client'

import { Dialog } from '#components/ui/dialog'
import { Kbd } from '#components/ui/kbd'

const groups: { title: string; keys: [string[], string][] }[] = [
  {
    title: 'Everywhere',
    keys: [
      [['Ctrl', 'K'], 'Go to anything, do anything'],
      [['?'], 'This help'],
      [['/'], 'Filter or search this page'],
      [['Esc'], 'Close, or let go of the filter'],
    ],
  },
  {
    title: 'In a list',
    keys: [
      [['j', 'k'], 'Down, up (arrows too)'],
      [['Enter'], 'Open'],
      [['x'], 'Select'],
      [['l'], 'Logs'],
      [['s'], 'Shell'],
    ],
  },
  {
    title: 'In a log',
    keys: [
      [['n', 'N'], 'Next, previous match'],
      [['h'], 'Keep the search highlighted'],
      [['s'], 'Search every line there is'],
      [['e', 'E'], 'Next, previous error'],
      [['Space', 'b'], 'Page down, up'],
      [['g', 'G'], 'First line; newest lines, and follow'],
      [['f'], 'Follow, or stop'],
      [['w'], 'Wrap long lines'],
      [['t'], 'Times: clock, date, UTC, none'],
      [['z'], 'Open or fold the trace'],
      [['Enter'], 'Details of the line'],
      [['c', 'l'], 'Copy the lines; a link to the line'],
    ],
  },
]

export function KeyboardHelp({ onClose }: { onClose: () => void }) {
  return (
    <Dialog isOpen isText onOpenChange={onClose} title="Keyboard" width="wide">
      <div className="gap-x-10 sm:columns-2">
        {groups.map((group) => (
          <section key={group.title} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 text-xs text-faint">{group.title}</h3>
            <dl className="grid gap-1">
              {group.keys.map(([keys, what]) => (
                <div key={what} className="flex items-center gap-4">
                  <dt className="flex w-24 gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
