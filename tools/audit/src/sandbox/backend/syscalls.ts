/** What a foreign program may not ask of the kernel: the one list, for bubblewrap and for Docker. */

/** A call's number on x86_64 and on aarch64; `null` where there is none. */
type Numbers = readonly [number | null, number | null]

/** What no compiler, cargo, test or sanitizer needs. Where a process may look into another, `ptrace`, see `TRACING`. */
export const DENIED: Readonly<Record<string, Numbers>> = {
  // Keys of the caller.
  ...{ add_key: [248, 217], request_key: [249, 218], keyctl: [250, 219] },
  // Other processes, and their memory and files.
  ...{ ptrace: [101, 117], process_vm_readv: [310, 270], process_vm_writev: [311, 271], kcmp: [312, 272] },
  ...{ pidfd_getfd: [438, 438], process_madvise: [440, 440], process_mrelease: [448, 448] },
  // Namespaces and mounts.
  ...{ unshare: [272, 97], setns: [308, 268], mount: [165, 40], umount2: [166, 39], pivot_root: [155, 41] },
  ...{ chroot: [161, 51], fsopen: [430, 430], fsconfig: [431, 431], fsmount: [432, 432], fspick: [433, 433] },
  ...{ move_mount: [429, 429], open_tree: [428, 428], open_tree_attr: [467, 467], mount_setattr: [442, 442] },
  ...{ statmount: [457, 457], listmount: [458, 458], sethostname: [170, 161], setdomainname: [171, 162] },
  // Parts of the kernel in which faults that anybody can use are found again and again.
  ...{ bpf: [321, 280], userfaultfd: [323, 282], perf_event_open: [298, 241] },
  ...{ io_uring_setup: [425, 425], io_uring_enter: [426, 426], io_uring_register: [427, 427] },
  ...{ modify_ldt: [154, null], map_shadow_stack: [453, 453], memfd_secret: [447, 447], vmsplice: [278, 75] },
  // Files that no path leads to.
  ...{ open_by_handle_at: [304, 265], name_to_handle_at: [303, 264], lookup_dcookie: [212, 18] },
  ...{ fanotify_init: [300, 262], fanotify_mark: [301, 263] },
  // The machine itself.
  ...{
    init_module: [175, 105],
    finit_module: [313, 273],
    delete_module: [176, 106],
    create_module: [174, null],
  },
  ...{ query_module: [178, null], get_kernel_syms: [177, null], kexec_load: [246, 104] },
  ...{ kexec_file_load: [320, 294], reboot: [169, 142], swapon: [167, 224], swapoff: [168, 225] },
  ...{
    acct: [163, 89],
    quotactl: [179, 60],
    quotactl_fd: [443, 443],
    syslog: [103, 116],
    vhangup: [153, 58],
  },
  ...{ iopl: [172, null], ioperm: [173, null], settimeofday: [164, 170], clock_settime: [227, 112] },
  ...{ clock_adjtime: [305, 266], adjtimex: [159, 171], nfsservctl: [180, 42], afs_syscall: [183, null] },
  ...{ uselib: [134, null], ustat: [136, null], sysfs: [139, null], _sysctl: [156, null] },
  // Where memory lies.
  ...{ mbind: [237, 235], set_mempolicy: [238, 237], get_mempolicy: [239, 236] },
  ...{ migrate_pages: [256, 238], move_pages: [279, 239], set_mempolicy_home_node: [450, 450] },
}

/** What LeakSanitizer does to its own process, so that nothing moves while it looks. */
export const TRACING = 'ptrace'

/** The newest call that this list knows of: the kernel says of each later one that it has none. */
export const NEWEST = 467

/** Calls that are denied for some of their first argument. */
export const CLONE: Numbers = [56, 220]
/** Its flags stand in memory, where no filter sees them; who is told that there is none takes `clone`. */
export const CLONE3: Numbers = [435, 435]
/** The flags of `clone` that ask for a namespace of any kind. */
export const NAMESPACES = 0x7e02_0000
export const SOCKET: Numbers = [41, 198]
/** AF_UNIX, AF_INET, AF_INET6 and AF_NETLINK. Others leave the network's namespace, such as AF_VSOCK, or use keys. */
export const FAMILIES: readonly number[] = [1, 2, 10, 16]

export const EPERM = 1
export const ENOSYS = 38
export const EAFNOSUPPORT = 97
