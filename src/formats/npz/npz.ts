import type { DType } from "../../core/tensor";
import type { ByteSource } from "../byteSource";
import type { Reason } from "../errors";
import { fileError, FormatError } from "../errors";
import type { Member } from "../index";
import { limits } from "../limits";
import { npyMagic } from "../npy/header";
import { openNpy } from "../npy/npy";
import type { MemoryBudget } from "./inflatedSource";
import { InflatedSource } from "./inflatedSource";
import { StoredSource } from "./storedSource";
import type { Archive, ZipEntry } from "./zip";
import { locateEntry, openArchive } from "./zip";

/** Trouble with the file as a whole, which must not be told as one member's. */
const wholeFileReasons: readonly Reason[] = [
  "CANCELLED",
  "FILE_CHANGED",
  "FILE_MISSING",
  "FILE_UNREADABLE",
  "TOO_FAR",
];

/** What opening one archive may still spend. */
interface Budgets {
  readonly memory: MemoryBudget;
  /** Bytes from the beginning of a member that may be inflated. */
  readonly reach: number;
  /** Bytes that may still be read only to compare checksums. */
  verify: number;
}

/**
 * Opens a .npz archive. A member that can't be read carries its refusal; the others stay readable.
 * Members are told by their content, as NumPy does: `a` without `.npy` can be an array too.
 * @throws FormatError when the archive itself can't be listed
 */
export async function openNpz(
  source: ByteSource,
  { voidAs, isGlance = false }: { readonly voidAs?: DType; readonly isGlance?: boolean } = {},
): Promise<Member[]> {
  const archive = await openArchive(source);
  const isCheckpoint = archive.entries.some(entry => /(^|\/)data\.pkl$/.test(entry.filename));
  if (isCheckpoint) {
    const text =
      "is a PyTorch checkpoint, which only running code could read; save the tensor with numpy.save or safetensors.";
    throw fileError("NOT_NPY", source.name, text);
  }
  const budgets: Budgets = {
    memory: { left: limits.inflatedBytes },
    reach: isGlance ? limits.glanceBytes : Infinity,
    verify: isGlance ? 0 : limits.verifyArchiveBytes,
  };
  const members: Member[] = [];
  for (const entry of archive.entries) {
    members.push(await openMember(archive, entry, budgets, voidAs));
  }
  return members;
}

async function openMember(
  archive: Archive,
  entry: ZipEntry,
  budgets: Budgets,
  voidAs: DType | undefined,
): Promise<Member> {
  const name = entry.filename.replace(/\.npy$/, "");
  try {
    return { name, ...(await openArray(archive, entry, budgets, voidAs)) };
  } catch (error) {
    if (!(error instanceof FormatError) || wholeFileReasons.includes(error.reason)) throw error;
    return { name, refusal: error, notes: [] };
  }
}

async function openArray(
  archive: Archive,
  entry: ZipEntry,
  budgets: Budgets,
  voidAs: DType | undefined,
) {
  const source = await memberSource(archive, entry, budgets);
  const start = await source.read(0, Math.min(npyMagic.length, source.size));
  if (!npyMagic.every((byte, i) => start[i] === byte)) {
    throw fileError("NOT_NPY", source.name, "is no array; it is listed only.");
  }
  const { notes, end, ...array } = await openNpy(source, voidAs);
  if (source.size <= Math.min(limits.verifyMemberBytes, budgets.verify)) {
    budgets.verify -= source.size;
    await source.read(0, source.size);
    return { ...array, notes };
  }
  // Reading the array to its end reaches the checksum only where nothing lies behind it.
  const until = end === source.size ? " until it is read from beginning to end" : "";
  return { ...array, notes: [...notes, `unverified: checksum not compared${until}`] };
}

async function memberSource(
  archive: Archive,
  entry: ZipEntry,
  { memory, reach }: Budgets,
): Promise<ByteSource> {
  const name = `${archive.source.name} › ${entry.filename}`;
  const dataOffset = await locateEntry(entry, name);
  const { compressedSize, uncompressedSize } = entry;
  // Every entry of a directory has a checksum; the type allows for entries being written.
  const crc = entry.crc32!;
  if (entry.compressionMethod === 0) {
    return new StoredSource(name, uncompressedSize, archive.source, dataOffset, crc);
  }
  const member = { name, dataOffset, compressedSize, uncompressedSize, crc };
  return new InflatedSource(archive.source, member, memory, reach);
}
