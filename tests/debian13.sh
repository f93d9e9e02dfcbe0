#!/usr/bin/env bash
# Run a command on this checkout in a clean Debian 13: debian13.sh FOLDER COMMAND…
#
# The root is made once, in FOLDER/root; later runs copy the checkout again and keep what was
# installed. Mirror, proxies, certificates and pip's settings are those of the running system.
# Needs root, mmdebstrap and unshare. What it mounts and starts ends with it.
set -euo pipefail
checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
mkdir -p "$1"
root=$(cd "$1" && pwd)/root
shift

mirror() {  # the address from which this system takes Debian itself
	{ apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Label: Debian' 2>/dev/null
		echo http://deb.debian.org/debian; } | head -n 1
}

make_root() {
	local new=$root.new proxies
	proxies=$(mktemp)
	apt-config dump --format '%f "%v";%n' Acquire::http Acquire::https >"$proxies"
	rm -rf --one-file-system "$new"
	mmdebstrap --quiet --variant=apt --include=ca-certificates,git,make,python3,sudo \
		--aptopt="$proxies" trixie "$new" "$(mirror)"
	rm -f "$proxies"
	mv "$new" "$root"
}

pip_folders() {  # folders of this machine that pip's settings name, each with its neighbours
	{ python3 -m pip config list || true; } 2>/dev/null | grep -oE "(file://)?/[^' \\]+" \
		| sed -E 's,^file://(/.*)/[^/]+/?$,\1,' | sort -u \
		| while read -r folder; do [ ! -d "$folder" ] || echo "$folder"; done
}

bring_settings() {  # what a person would set up by hand to reach the network
	local file
	for file in /etc/resolv.conf /etc/hosts /etc/ssl/certs/ca-certificates.crt \
		/etc/pip.conf /etc/xdg/pip "$HOME/.config/pip" "$HOME/.pip"; do
		[ -e "$file" ] || continue
		mkdir -p "$root$(dirname "$file")"
		cp -rLT "$file" "$root$file"
	done
}

bring_checkout() {
	mkdir -p "$root/docgen"
	find "$root/docgen" -mindepth 1 -maxdepth 1 ! -name .venv -exec rm -rf {} +
	git -C "$checkout" ls-files -z \
		| (cd "$checkout" && xargs -0 sh -c 'for file; do [ ! -e "$file" ] || printf "%s\0" "$file"; done' _) \
		| tar -C "$checkout" --null -T - -c | tar -C "$root/docgen" --no-same-owner -x
}

enter() {  # in namespaces of its own
	mount -t proc proc "$root/proc"
	mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
	ln -sfT pts/ptmx "$root/dev/ptmx"
	mount -t tmpfs tmpfs "$root/dev/shm"
	local folder name settings=()
	for folder in $(pip_folders); do
		mkdir -p "$root$folder"
		mount --bind "$folder" "$root$folder"
	done
	for name in $(compgen -e); do
		case $name in
			PIP_* | SSL_CERT_* | *_proxy | *_PROXY) settings+=("$name=${!name}") ;;
		esac
	done
	exec chroot "$root" /usr/bin/env -i "HOME=$HOME" LANG=C.UTF-8 TERM="${TERM:-dumb}" \
		PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
		"${settings[@]}" sh -c 'cd /docgen && exec "$@"' _ "$@"
}

if [ "${DEBIAN13_ENTERED:-}" ]; then
	enter "$@"
fi
[ -d "$root" ] || make_root
bring_settings
bring_checkout
DEBIAN13_ENTERED=1 exec unshare --mount --pid --fork --kill-child \
	"$(readlink -f "${BASH_SOURCE[0]}")" "$(dirname "$root")" "$@"
