export const tableOf = (done) => done.map((d) => `${d.name} ${d.cases.length}`).join("\n")
export const writeReport = () => {}
