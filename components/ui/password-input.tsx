'use client'

import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { Input } from './field.tsx'
import { IconButton } from './icon-button.tsx'

/** A password that can be looked at; always named so that password managers know it. */
export function PasswordInput(props: ComponentProps<typeof Input>) {
  const [isShown, setIsShown] = useState(false)
  return (
    <div className="relative">
      <Input
        {...props}
        name="password"
        type={isShown ? 'text' : 'password'}
        autoCapitalize="none"
        autoCorrect="off"
        className="h-9 pr-10"
      />
      <IconButton
        label={isShown ? 'Hide the password' : 'Show the password'}
        icon={isShown ? EyeOff : Eye}
        aria-pressed={isShown}
        className="absolute inset-y-0 right-1 my-auto"
        onClick={() => setIsShown(!isShown)}
      />
    </div>
  )
}
