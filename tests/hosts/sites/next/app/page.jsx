import Link from "next/link";
import Exhibit from "./exhibit";

export default function Page() {
  return <main>
    <Exhibit exhibit="spectrum" views="fit" noise="0.5" />
    <Link href="/other" id="forth">Another page</Link>
  </main>;
}
