import type { Shortfall } from '../../probe/shortfalls.ts'

/** All that the Docker toolchain says to people. */

/** What is wrong, and what to do about it. */
export type Problem = { problem: string; fix: string }

export function noClient(): Problem {
  return {
    problem: 'the docker client was not found',
    fix: 'install: apt-get install docker.io docker-compose',
  }
}

export function notAllowed(): Problem {
  return {
    problem: 'permission denied on the Docker socket',
    fix: 'join its group (sudo usermod -aG docker $USER, then log in again)',
  }
}

export function noEngine(said: string): Problem {
  return {
    problem: `the Docker engine does not answer: ${said}`,
    fix: 'start it: sudo systemctl start docker',
  }
}

export function noBase(base: string, pull: string, made: string): Problem {
  return {
    problem: `${base} can neither be pulled (${pull}) nor made here (${made})`,
    fix: `pull it where that works, or run as root: docker/base-image.sh`,
  }
}

export function noImage(image: string, said: string, before: readonly string[]): Problem {
  const led = before.length === 0 ? '' : `; before that:${before.map((line) => `\n  ${line}`).join('')}`
  return {
    problem: `the toolchain image could not be built: ${said}${led}`,
    fix: `see why: docker build --tag ${image} docker`,
  }
}

export function tooOld(image: string, lacking: readonly Shortfall[]): Problem {
  const found = lacking.map(
    ({ tool, floor }) =>
      `${tool.program} ${tool.version === null ? 'was not found' : `is ${tool.version}`}, ${floor} or newer is needed`,
  )
  return {
    problem: `the image ${image} is outdated: ${found.join('; ')}`,
    fix: `build it again: docker build --no-cache --tag ${image} docker`,
  }
}

export function noCompose(): Problem {
  return {
    problem: 'neither docker-compose nor the compose plugin of docker was found',
    fix: 'install: apt-get install docker-compose',
  }
}

export function notUp(said: string): Problem {
  return { problem: `Compose failed: ${said}`, fix: 'fix what it names and try again' }
}

export function noAnswer(container: string, said: string, ps: string): Problem {
  return {
    problem: `the container ${container} was started but does not answer: ${said}; Compose says:\n${ps}`,
    fix: `remove it and try again: docker rm -f ${container}`,
  }
}

/** For the standard error of a command whose end nobody told. */
export function lost(container: string, said: string): string {
  return `the container ${container} was lost while the command ran: ${said}\nrun it again: the container is brought up again\n`
}

export const progress = {
  waiting: () => 'docker: waiting for another run that brings it up',
  pulling: (base: string) => `docker: pulling ${base}`,
  making: (base: string, why: string) =>
    `docker: ${base} cannot be pulled (${why}); making it with docker/base-image.sh`,
  building: (image: string) => `docker: building ${image} (some minutes, once)`,
  starting: (service: string) => `docker: starting the container ${service}`,
}
