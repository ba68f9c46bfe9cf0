/** 核对用的摘要：平日用不着，折起来；十六个字一组，好念。 */
export const Digest = ({ of, hash }: { of: string; hash: string }) => (
  <details>
    <summary>核对用的摘要</summary>
    <p className="quiet break">
      {of}的 SM3：{hash.match(/.{1,16}/g)?.join(' ')}
    </p>
  </details>
)
