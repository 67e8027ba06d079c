import 'server-only'

/**
 * Finds every process whose environment carries one of the marks, and whoever shares a session with one (`su -` clears the
 * environment but stays in the session), hangs them up, waits, and kills what is left. A POSIX shell's own commands, and
 * `grep` and `sleep` where there are any. Arguments: tenths of a second to wait, `kill` or `spare`, marks. Prints `found left`.
 */
export const reaperScript = `
grace=$1 mode=$2; shift 2
# Busybox's grep stops at the first NUL of a line: only a grep that reads on may be used.
fast=; [ "$(printf 'a\\0b' | grep -cF b 2>/dev/null)" = 1 ] && fast=1
marked() {
  if [ -n "$fast" ]; then
    args=; for m; do args="$args -e $m"; done
    grep -lF $args /proc/[0-9]*/environ 2>/dev/null
  else
    for f in /proc/[0-9]*/environ; do
      { while IFS= read -r line || [ -n "$line" ]; do
        for m; do case $line in *"$m"*) echo "$f"; break 2;; esac; done
        line=
      done <"$f"; } 2>/dev/null
    done
  fi
}
stat() { line=; { IFS= read -r line <"$1"; } 2>/dev/null; set -- \${line##*) }; state=$1 session=$4; }
alive() {
  pids=' ' sessions=' '
  for f in $(marked "$@"); do
    p=\${f#/proc/}; p=\${p%/environ}
    stat "/proc/$p/stat"
    case $state in Z|X|'') continue;; esac
    pids="$pids$p "
    case $session in 0|1|'') ;; *) sessions="$sessions$session ";; esac
  done
  [ "$sessions" = ' ' ] && return
  for f in /proc/[0-9]*/stat; do
    p=\${f#/proc/}; p=\${p%/stat}
    case $pids in *" $p "*) continue;; esac
    stat "$f"
    case $state in Z|X|'') continue;; esac
    case $sessions in *" $session "*) pids="$pids$p ";; esac
  done
}
count() { set -- $pids; n=$#; }
nap() { sleep 0.1 2>/dev/null || sleep 1 2>/dev/null; }
alive "$@"; count; found=$n
if [ $found -gt 0 ]; then
  kill -HUP $pids 2>/dev/null; kill -CONT $pids 2>/dev/null
  i=0
  while [ $i -lt $grace ] && nap; do
    alive "$@"; count
    [ $n -eq 0 ] && break
    i=$((i + 1))
  done
  i=0
  while [ $mode = kill ] && [ $n -gt 0 ] && [ $i -lt 10 ]; do
    kill -KILL $pids 2>/dev/null; nap; alive "$@"; count; i=$((i + 1))
  done
fi
echo "$found $n"
`
