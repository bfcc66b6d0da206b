import { wholeWriter } from "./fileWriter";

/** A web host writes whole files only. */
export const openWriter = wholeWriter;
